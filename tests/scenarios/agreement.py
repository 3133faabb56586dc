"""Short words for what the team does with the document of the agreement project."""

from typing import Any

from bot.sandbox.person import Person
from playbooks.documents import Document
from tests.scenarios.outsider import ADDRESS
from tests.scenarios.reading import Json
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World

ANSWERS = {"question.goal": "More dealers", "question.baseline": "12"}


async def started(world: World, **values: Any) -> None:
    """Wang looks after the client, Li reviews, Chen signs for us; Ms Zhao signs for the client."""
    await world.wang.command("/sop start agreement-project", channel=CHANNEL)
    roles = {
        "role.manager": WANG, "role.reviewer": LI, "role.head": CHEN,
        "outsider.client": "Ms Zhao",
    }  # fmt: skip
    given = {"name": "Zhao Foods", "language": "en", "calendar": "CN", **roles, **values}
    assert await world.wang.submit(given) is None
    await world.settle()


async def fill(world: World, answers: Json | None = None, *, by: Person | None = None) -> None:
    """Fill the form in from the step's card."""
    person = by or world.wang
    await person.click(world.card("confirm"), "form.fill")
    assert await person.submit(answers or ANSWERS) is None
    await world.settle()


async def handed_in(world: World, **values: Any) -> None:
    """The document is filled in, handed in and approved: version 1 is to be signed."""
    await started(world, **values)
    await fill(world)
    await world.finish("confirm", world.wang)
    await world.li.click(request_for_approval(world), "approval.approve")
    await world.settle()


def request_for_approval(world: World) -> Json:
    """The newest request to decide within the team."""
    return [m for m in world.told("approval", "confirm") if "/review" in key_of(m)][-1]


def key_of(message: Json) -> str:
    """The key a message carries."""
    return str(message["metadata"]["event_payload"]["key"])


def versions(world: World) -> list[Json]:
    """The messages of the document's versions, the oldest first."""
    return [m for m in world.told("approval", "confirm") if "/sign/" in key_of(m)]


def newest(world: World) -> Json:
    """The message of the newest version."""
    return versions(world)[-1]


async def sign_ours(world: World, by: Person | None = None) -> None:
    """Chen signs in Slack."""
    person = by or world.chen
    await person.click(newest(world), "sign.sign")
    assert await person.submit() is None
    await world.settle()


async def send(world: World, *, name: str = "Ms Zhao", email: str = ADDRESS) -> None:
    """Wang sends the client's signatory the link."""
    await world.wang.click(newest(world), "sign.send")
    assert await world.wang.submit({"name": name, "email": email}) is None
    await world.settle()


async def edit(world: World, **answers: str) -> None:
    """Wang corrects something while it is being signed."""
    await world.wang.click(newest(world), "sign.menu", option="form.fill ")
    changed = {f"question.{name}": value for name, value in answers.items()}
    assert await world.wang.submit(changed) is None
    await world.settle()


async def document(world: World) -> Document:
    """The one document."""
    run = await world.run()
    found = await world.bot.database.run(
        lambda tx: tx.documents.get(run.id, "confirm", workspace=run.workspace)
    )
    assert found
    return found


async def record_paper(world: World, witness: str = ANNA) -> Any:
    """Wang records the client's signature on paper; returns the errors at the fields."""
    await world.wang.click(newest(world), "sign.menu", option="sign.paper ")
    errors = await world.wang.submit(
        {"name": "Ms Zhao", "scan": [("signed.pdf", b"%PDF-1.4")], "witness": witness}
    )
    await world.settle()
    return errors


async def edit_returned(world: World, goal: str) -> None:
    """Wang answers what the client wants changed."""
    await world.wang.click(newest(world), "form.fill")
    assert await world.wang.submit({"question.goal": goal}) is None
    await world.settle()
