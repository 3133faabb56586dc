"""What buttons and forms about documents have in common."""

from bot.listeners.requests import Request
from bot.refs import SignRef, StepRef
from bot.services.documents import Act
from bot.services.links import Offered
from bot.views.blocks import Message
from bot.views.document_answers import build_link_message, build_sent_message
from playbooks.documents import Document
from playbooks.run import Refused, Run, Step


def sign_ref(request: Request) -> SignRef:
    """The signature that was meant; raises Refused where the button names none."""
    try:
        return SignRef.parse(request.value)
    except ValueError:
        raise Refused("stale_button") from None


def form_sign_ref(request: Request) -> SignRef:
    """The signature a modal is about."""
    ref, version = request.form_ref, request.metadata.get("version", "")
    if not version.isdecimal():
        raise Refused("stale_button")
    return SignRef(ref.run, ref.step, int(version), request.metadata.get("role", ""))


async def look_at(request: Request, ref: StepRef | SignRef) -> tuple[Run, Step, Document]:
    """The run, the step and the document a button is about."""
    return await request.desk.documents.look(ref.run, ref.step, workspace=request.workspace)


async def change_document(
    request: Request, ref: StepRef | SignRef, act: Act, *people: str
) -> list[Offered]:
    """Let an action change the document; `people` it names may have no part in the run."""
    return await request.desk.documents.change(
        ref.run, ref.step, act, workspace=request.workspace, by=request.user, at=request.at,
        people=(request.user, *people),
    )  # fmt: skip


def link_answer(offered: Offered, request: Request) -> Message:
    """Tell one person where a link went, or what it is."""
    if offered.mailed:
        return build_sent_message(
            offered.name, offered.email, request.language, signing=offered.purpose == "sign"
        )
    return build_link_message(
        offered.name, offered.url, offered.code, request.language,
        reading=offered.purpose == "read",
    )  # fmt: skip
