"""Fill a step's document, read it, and let others read or fill it."""

from bot.ids import ViewId
from bot.listeners.fields import fields_of, many_of, named, text_of
from bot.listeners.paperwork import (
    change_document,
    form_sign_ref,
    link_answer,
    look_at,
    sign_ref,
)
from bot.listeners.requests import Request
from bot.services.links import Wanted
from bot.views.answers import build_answer_modal
from bot.views.blocks import Block, Message
from bot.views.document_modals import build_fill_modal, build_invite_modal, build_read_modal
from playbooks.document_actions import fill_document, require_form
from playbooks.flow import require_theirs
from playbooks.run import Refused


async def handle_fill_button(request: Request) -> None:
    """Show the form."""
    run, step, document = await look_at(request, request.ref)
    require_form(run, step.key)
    require_theirs(run, step, request.user)
    await request.open(build_fill_modal(run, step, document, request.language))


async def handle_fill_form(request: Request) -> None:
    """Keep the answers; while it is being signed they make a new version."""
    found = named(fields_of(request.view), "question")
    answers = {question: many_of(field) for question, field in found.items()}
    await change_document(
        request, request.form_ref,
        lambda document, run, _: fill_document(
            document, run, answers=answers, by=request.user, at=request.at
        ),
    )  # fmt: skip


async def handle_read_button(request: Request) -> None:
    """Show the text."""
    ref = sign_ref(request)
    run, step, document = await look_at(request, ref)
    version = document.version(ref.version) or document.current
    if version is None:
        raise Refused("not_filled_in")
    await request.open(build_read_modal(run, step, version, request.language))


async def handle_print_button(request: Request) -> Message:
    """Give a link to a page that can be printed or saved, for a short while."""
    ref = sign_ref(request)
    wanted = Wanted("read", request.person.name, request.user, request.at)
    offered = await request.desk.documents.invite(
        ref.run, ref.step, wanted, workspace=request.workspace
    )
    return link_answer(offered, request)


async def handle_invite_button(request: Request) -> None:
    """Ask who outside shall fill the form in, or read and comment."""
    commenting = request.action_id == ViewId.SIGN_COMMENT
    ref = sign_ref(request) if commenting else request.ref
    run, step, _ = await look_at(request, ref)
    require_form(run, step.key)
    require_theirs(run, step, request.user)
    if not request.desk.documents.has_links:
        raise Refused("no_public_url")
    view = ViewId.SIGN_COMMENT if commenting else ViewId.FORM_SEND
    has_mail = request.desk.documents.has_mail
    await request.open(build_invite_modal(view, run, step, request.language, has_mail=has_mail))


async def handle_invite_form(request: Request) -> Block:
    """Make the link and send it."""
    ref, fields = form_sign_ref(request), fields_of(request.view)
    commenting = request.view.get("callback_id") == ViewId.SIGN_COMMENT
    wanted = Wanted(
        "comment" if commenting else "form", text_of(fields.get("name")), request.user,
        request.at, text_of(fields.get("email")),
    )  # fmt: skip
    offered = await request.desk.documents.invite(
        ref.run, ref.step, wanted, workspace=request.workspace
    )
    return build_answer_modal(link_answer(offered, request), request.language)
