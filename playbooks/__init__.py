"""What a playbook says and how a run obeys it: pure, no database, no Slack, no clock."""
