"""Leading a life by the real actions: every guard asked, every second person there."""

from datetime import datetime
from io import BytesIO

from cases.actions.opening import NewTarget, open_case
from cases.models import Case, Customer
from cases.states import Category
from intake.demonstration import contests, moments, plots
from intake.demonstration.casting import Casting
from intake.demonstration.house import House
from intake.demonstration.life import Life, Present
from intake.demonstration.papers import keep_paper
from intake.demonstration.shapes import Shape
from vault.actions import new_scope
from vault.models import Document, KeyScope

PLOTS = {**plots.PLOTS, **contests.PLOTS, **moments.PLOTS}


def perform(shape: Shape, casting: Casting, house: House, present: datetime, *, with_paper: bool) -> Case:
    """Lead the life up to the present, in the caller's transaction, and return its case."""
    case = _open(shape, casting, with_paper=with_paper)
    life = Life(case.pk, shape, house.staff, shape.rng(house.seed), shape.received_at, present)
    try:
        PLOTS[shape.plot](life)
        life.live_on()
    except Present:
        pass
    return case


def _open(shape: Shape, casting: Casting, *, with_paper: bool) -> Case:
    customers = Customer.objects.in_bulk(casting.customer_ids)
    keys = _keys(shape, casting)
    documents = [_process(keys, shape, casting)] if with_paper else []
    return open_case(
        instrument_code=shape.kind.instrument,
        agency=casting.agency,
        officer=casting.officer,
        agency_reference=casting.agency_reference,
        targets=[
            NewTarget(
                slot.kind, value, None if slot.customer is None else customers[casting.customer_ids[slot.customer]]
            )
            for slot, value in zip(shape.slots, casting.values, strict=True)
        ],
        asked=[Category(category) for category in shape.asked],
        channel=shape.channel,
        received_at=shape.received_at,
        return_date=shape.return_date,
        authority_notified=shape.authority_notified,
        documents=documents,
        keys=keys,
        reference=casting.reference,
        now=shape.received_at,
    )


def _keys(shape: Shape, casting: Casting) -> KeyScope:
    return new_scope(now=shape.received_at, random_bytes=BytesIO(casting.secret).read)


def _process(keys: KeyScope, shape: Shape, casting: Casting) -> Document:
    lines = (casting.agency_reference, f"{shape.received_at:%d %B %Y}", *casting.values[:12])
    return keep_paper(keys, "process.pdf", *lines, now=shape.received_at)
