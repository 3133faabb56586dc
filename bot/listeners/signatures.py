"""Sign a document, have it signed, record paper, and settle what the client wants changed."""

from bot.listeners.fields import fields_of, files_of, person_of, text_of, whole_of
from bot.listeners.members import require_person
from bot.listeners.paperwork import (
    change_document,
    form_sign_ref,
    link_answer,
    look_at,
    sign_ref,
)
from bot.listeners.requests import Request
from bot.views.answers import build_answer_modal
from bot.views.blocks import Block
from bot.views.document_modals import (
    build_changes_modal,
    build_paper_modal,
    build_price_modal,
    build_send_modal,
    build_sign_modal,
)
from playbooks.flow import require_theirs
from playbooks.revisions import ask_changes, price_request, waive_request
from playbooks.run import Refused
from playbooks.signing import Paper, may_sign, need_of, record_paper, sign_document, witness_paper
from playbooks.signing_rounds import require_signing


async def handle_sign_button(request: Request) -> None:
    """Show the signatory what they would sign."""
    ref = sign_ref(request)
    run, step, document = await look_at(request, ref)
    require_signing(document, run, version=ref.version)
    may_sign(document, run, role=ref.role, by=request.user)
    version = document.versions[-1]
    await request.open(build_sign_modal(run, step, version, ref.role, request.language))


async def handle_sign_form(request: Request) -> None:
    """Sign."""
    ref = form_sign_ref(request)
    await change_document(
        request, ref,
        lambda document, run, _: sign_document(
            document, run, role=ref.role, version=ref.version, by=request.user, at=request.at,
            name=request.person.name,
        ),
    )  # fmt: skip


async def handle_send_button(request: Request) -> None:
    """Ask who of the client's signs."""
    ref, desk = sign_ref(request), request.desk
    run, step, document = await look_at(request, ref)
    require_theirs(run, require_signing(document, run, version=ref.version), request.user)
    if not desk.documents.has_links:
        raise Refused("no_public_url")
    need, has_mail = need_of(document, ref.role), desk.documents.has_mail
    await request.open(
        build_send_modal(run, step, document, need, request.language, has_mail=has_mail)
    )


async def handle_send_form(request: Request) -> Block:
    """Send the link, or show it privately where there is no mail."""
    ref, fields = form_sign_ref(request), fields_of(request.view)
    offered = await request.desk.documents.send(
        ref.run, ref.step, workspace=request.workspace, role=ref.role,
        name=text_of(fields.get("name")), email=text_of(fields.get("email")), by=request.user,
        at=request.at,
    )  # fmt: skip
    return build_answer_modal(link_answer(offered, request), request.language)


async def handle_paper_button(request: Request) -> None:
    """Ask for the paper of the client's signature that is missing."""
    ref = sign_ref(request)
    run, step, document = await look_at(request, ref)
    require_theirs(run, require_signing(document, run, version=ref.version), request.user)
    missing = [n for n in document.missing() if n.side == "client"]
    if not missing or document.signed_by(missing[0].role):
        raise Refused("link_unwanted")
    role, version = missing[0].role, document.versions[-1]
    await request.open(build_paper_modal(run, step, document, version, role, request.language))


async def handle_paper_form(request: Request) -> None:
    """Record the signature on paper; a second person is asked to look at it."""
    ref, fields = form_sign_ref(request), fields_of(request.view)
    witness = person_of(fields.get("witness"))
    await require_person(request, witness, "witness_wrong")
    scan = ", ".join(id_ for id_, _ in files_of(fields.get("scan")))
    paper = Paper(ref.role, text_of(fields.get("name")), scan, witness)
    await change_document(
        request, ref,
        lambda document, run, facts: record_paper(
            document, run, facts, paper=paper, by=request.user, at=request.at
        ),
        witness,
    )  # fmt: skip


async def handle_witness_button(request: Request) -> None:
    """Confirm as a second person that the paper is signed."""
    ref = sign_ref(request)
    await change_document(
        request, ref,
        lambda document, run, facts: witness_paper(
            document, run, facts, role=ref.role, version=ref.version, by=request.user,
            at=request.at,
        ),
    )  # fmt: skip


async def handle_changes_button(request: Request) -> None:
    """Ask a client in Slack what should change."""
    ref = sign_ref(request)
    run, step, document = await look_at(request, ref)
    require_signing(document, run, version=ref.version)
    may_sign(document, run, role=ref.role, by=request.user)
    await request.open(build_changes_modal(run, step, document.versions[-1], request.language))


async def handle_changes_form(request: Request) -> None:
    """Send the version back."""
    ref, text = form_sign_ref(request), text_of(fields_of(request.view).get("text"))
    await change_document(
        request, ref,
        lambda document, run, _: ask_changes(
            document, run, text=text, version=ref.version, by=request.user, at=request.at,
            name=request.person.name,
        ),
    )  # fmt: skip


async def handle_price_button(request: Request) -> None:
    """Ask what a change request costs."""
    run, step, document = await look_at(request, sign_ref(request))
    require_theirs(run, step, request.user)
    if document.open_request is None:
        raise Refused("no_request")
    await request.open(build_price_modal(run, step, document, request.language))


async def handle_price_form(request: Request) -> None:
    """Settle the change request."""
    ref, fields = form_sign_ref(request), fields_of(request.view)
    days = whole_of(fields.get("days"))
    await change_document(
        request, ref,
        lambda document, run, facts: price_request(
            document, run, facts, cost=text_of(fields.get("cost")),
            days=-1 if days is None else days, by=request.user, at=request.at,
        ),
    )  # fmt: skip


async def handle_waive_button(request: Request) -> None:
    """Let the change request cost nothing."""
    await change_document(
        request, sign_ref(request),
        lambda document, run, _: waive_request(document, run, by=request.user, at=request.at),
    )  # fmt: skip
