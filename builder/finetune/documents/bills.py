"""Bills as people write them: letters with a number in the title and sentences on the payment, and mails."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from . import layout, tills, words
from .commerce import INVOICE, lines_table
from .draft import Draft, Facts, Written
from .goods import Line, cents, currency_in, draw_lines
from .native import job_of
from .phrasebook import phrase, phrases
from .registry import kind
from .scene import Scene

PHRASES = phrases("bills")
RATES = {"de": (7, 19), "fr": (10, 20), "es": (10, 21), "it": (10, 22), "nl": (9, 21)}
NUMBERS = (
    "####", "##/20##", "20##-###", "?-##", "?-20##-##", "??/##/#####", "###", "20##/####", "##-###", "R####",
    "20##-####", "##?##", "%####", "20##.##", "??-####", "#####/##",
)  # fmt: skip


def trader(scene: Scene, facts: Facts) -> list[str]:
    """The head of the paper: a firm, a shop, or a person with a trade; then address and numbers."""
    alone = scene.chance(0.25)
    name = scene.person() if alone else scene.pick(scene.company(), scene.shop(), scene.organisation())
    name = name.upper() if scene.chance(0.2) else name
    facts["seller"] = name
    trade = job_of(scene) if alone and scene.chance(0.7) else ""
    lines = [name + scene.pick(", ", " - ", "\n") + trade] if trade else [name]
    if scene.chance(0.75):
        mark = scene.pick("\n", "\n", ", ", " \u00b7 ", " - ")
        facts["seller_address"] = scene.address(0.15).one_line(mark)
        lines.append(str(facts["seller_address"]))
    for key, label, value in (
        ("phone", "phone", scene.phone()),
        ("email", "email", scene.email(name)),
        ("vat_id", "vat id", scene.reference("??#########", "##-#######", "### ### ### #####", "?########")),
    ):
        if scene.chance(0.2):
            facts[key] = value
            lines.append(f"{scene.label(label)}{scene.pick(': ', ' ')}{value}")
    return lines


def billed(scene: Scene, facts: Facts) -> str:
    """Who has to pay: an address without a label, a label before it, beside another name, or nobody."""
    style = scene.pick("block", "block", "labelled", "labelled", "name", "beside", "")
    if not style:
        return ""
    name = scene.person() if scene.chance(0.5) else scene.pick(scene.company(), scene.organisation())
    facts["customer"] = name
    address = scene.address(0.15)
    label = scene.label("customer") + scene.pick(": ", " : ", " ") if style != "block" else ""
    if style == "name":
        return scene.maybe(label, 0.4) + name
    if style == "beside":
        facts["ship_to"] = scene.pick(scene.person(), scene.company(), f"{name} {scene.city()}")
        return f"{label}{name}   {scene.pick('Ship to', 'Deliver to', 'c/o')}: {facts['ship_to']}"
    if style == "labelled":
        mark = scene.pick(", ", "\n")
        if scene.chance(0.4):
            return label + name
        facts["customer_address"] = address.one_line(mark)
        return f"{label}{name}{mark}{facts['customer_address']}"
    facts["customer_address"] = address.one_line("\n")
    before = phrase(scene, PHRASES, "salute") + scene.pick("\n", " ") if scene.chance(0.4) else ""
    return f"{before}{name}\n{facts['customer_address']}"


def titled(scene: Scene, facts: Facts, issued: date) -> str:
    """Title with number, and the days: beside it, under it, as labelled lines, or not at all."""
    if scene.chance(0.88):
        facts["number"] = scene.reference(*NUMBERS)
        title = phrase(scene, PHRASES, "title").format(n=facts["number"])
    else:
        title = phrase(scene, PHRASES, "untitled")
    days = dict[str, Written]()
    if scene.chance(0.68):
        days["date"] = scene.day(issued)
    labelled = scene.chance(0.4)
    if labelled and scene.chance(0.6):
        days["due_date"] = scene.day(scene.later(issued, 7, 45))
    facts |= days
    if labelled:
        rows = [(phrase(scene, PHRASES, f"{key} label"), str(day)) for key, day in days.items()]
        if scene.chance(0.3):
            rows.append((scene.label("order no"), scene.reference("####-##", "PO-####", "#####")))
            facts["order_no"] = rows[-1][1]
        scene.rng.shuffle(rows)
        return layout.stack(title, layout.pairs(scene.rng, rows))
    if "date" not in days:
        return title
    dated = phrase(scene, PHRASES, "dated").format(d=days["date"], c=scene.city())
    return title + scene.pick("\n", "\n\n", " " * scene.number(3, 20), ", ") + dated


def worked(scene: Scene, facts: Facts, lines: list[Line]) -> str:
    """What was done or sold: a table, lines with amounts, or words alone."""
    style = scene.pick("table", "rows", "rows", "words")
    about = scene.maybe(aside(scene, "reference"), 0.35)
    if style == "table":
        return layout.stack(about, lines_table(scene, lines, facts))
    names = [line.name for line in lines]
    facts["items"] = names
    if style == "words":
        return layout.stack(*names, about)
    width = scene.number(30, 52)
    rows = [layout.split_line(line.name, scene.amount(line.total).text, width) for line in lines]
    return layout.stack(about, *rows)


def aside(scene: Scene, key: str) -> str:
    """A remark with numbers and days that answer no question."""
    return phrase(scene, PHRASES, key).format(
        n=scene.reference("####", "##-###", "20##-###", "?-####"),
        d=scene.day(),
        k=scene.pick(7, 10, 14, 30, 60),
        r=scene.pick("5", "8", "9.5", "12"),
        a=scene.priced(scene.cents(2, 60)),
    )


def summed(scene: Scene, facts: Facts, lines: list[Line]) -> str:
    """Net, tax and total; what was open before may stand among them; the currency here, there or nowhere."""
    net = sum((line.total for line in lines), Decimal(0))
    rate = scene.pick(*RATES.get(scene.labels_in, (5, 8, 15, 20)))
    taxed = scene.chance(0.6)
    tax = cents(net * rate / 100) if taxed else Decimal(0)
    shown = [("net", phrase(scene, PHRASES, "net"), net)] if scene.chance(0.6 if taxed else 0.15) else []
    if taxed:
        shown.append(("tax", phrase(scene, PHRASES, "tax").format(r=rate), tax))
    open_before = scene.cents(5, 300)
    if scene.chance(0.12):
        received = phrase(scene, PHRASES, "received").format(d=scene.day())
        shown.insert(0, ("", received, -open_before))
        shown.insert(0, ("", phrase(scene, PHRASES, "previous"), open_before))
    shown.append(("total", phrase(scene, PHRASES, "total"), net + tax))
    mode = scene.pick("each", "each", "total", "label", "head", "none")
    rows = []
    for key, label, value in shown:
        priced = scene.priced(value)
        full = mode == "each" or (mode == "total" and key == "total")
        written = priced if full else Written(priced.text, priced.normal)
        if key:
            facts["subtotal" if key == "net" else key] = written
        behind = f" {scene.code}" if mode == "label" and key == "total" else ""
        rows.append((label + behind, str(written)))
    head = [("", scene.code)] if mode == "head" else []
    if scene.chance(0.45):
        return layout.pairs(scene.rng, rows, scene.pick("colon", "aligned", "bare", "tab", "dots"))
    width = scene.number(30, 60)
    return "\n".join(layout.split_line(label, value, width) for label, value in [*head, *rows])


def paying(scene: Scene, facts: Facts, issued: date) -> str:
    """Sentences on when and where to pay, and what else stands at the foot."""
    parts = []
    if "due_date" not in facts and scene.chance(0.6):
        facts["due_date"] = scene.day(scene.later(issued, 7, 45))
        parts.append(phrase(scene, PHRASES, "due").format(d=facts["due_date"]))
    elif scene.chance(0.4):
        facts["terms"] = phrase(scene, PHRASES, "terms").format(k=scene.pick(7, 10, 14, 30, 60))
        parts.append(str(facts["terms"]))
    if scene.chance(0.55):
        facts["iban"] = scene.iban()
        account = phrase(scene, PHRASES, "account")
        code, bank = (
            scene.reference("????DE??", "????GB2L", "????FRPP###", "????ES2?"),
            scene.word(words.BANKS),
        )
        facts |= {"bic": code} if "{s}" in account else {}
        facts |= {"bank": bank} if "{b}" in account else {}
        parts.append(account.format(i=facts["iban"], s=code, b=bank))
    if "tax" not in facts and scene.chance(0.4):
        parts.append(phrase(scene, PHRASES, "free"))
    if scene.chance(0.4):
        parts.append(aside(scene, "late"))
    parts.append(scene.maybe(phrase(scene, PHRASES, "thanks"), 0.4))
    if scene.chance(0.4):
        scene.rng.shuffle(parts)
    return layout.stack(*parts, gap=scene.pick("\n", "\n", "\n\n", " "))


@kind("commerce people", INVOICE, titles=("invoice", "bill", "invoice data"), weight=11)
def letter_of_charge(scene: Scene) -> Draft:
    """An invoice as a letter: who sends it stands at the head (or the foot), who pays over an address."""
    facts: Facts = {}
    issued = scene.some_day()
    own = phrase(scene, PHRASES, "work")
    lines = draw_lines(scene, 1, 4, scene.pick(words.GOODS, words.SERVICES), 900)
    if scene.chance(0.5):
        lines = [Line(own, 1, scene.cents(20, 3000), ""), *lines[: scene.number(0, 1)]]
    head, customer, title = trader(scene, facts), billed(scene, facts), titled(scene, facts, issued)
    order = scene.pick((0, 1, 2), (0, 1, 2), (0, 2, 1), (2, 0, 1), (1, 2, 0))
    above = [("\n".join(head), customer, title)[place] for place in order]
    body, sums = worked(scene, facts, lines), summed(scene, facts, lines)
    gap = scene.pick("\n\n", "\n\n", "\n\n", "\n")
    text = layout.stack(*above, body, sums, paying(scene, facts, issued), gap=gap)
    return Draft(text, {**tills.currency_shown(scene, sums), **facts})


MAILS = phrases("bill_mails")


@kind("commerce people", INVOICE, titles=("invoice", "bill"), weight=3)
def bill_by_mail(scene: Scene) -> Draft:
    """A bill in a short mail: the one who writes sells, the one who is greeted pays."""
    facts: Facts = {}
    seller, customer = scene.person(), scene.person()
    facts["seller"] = seller
    called = customer.split()[-1 if scene.labels_in == "de" else 0] if scene.chance(0.6) else customer
    facts["customer"] = called
    amount = scene.priced(scene.cents(15, 900))
    signed = scene.chance(0.7)
    facts["total"] = amount if signed else Written(amount.text, amount.normal)
    if signed:
        facts["currency"] = currency_in(scene, amount)
    numbered = scene.chance(0.6)
    facts |= {"number": scene.reference(*NUMBERS)} if numbered else {}
    work = phrase(scene, PHRASES, "work")
    facts["items"] = [work]
    first = phrase(scene, MAILS, "numbered" if numbered else "plain")
    text = [first.format(n=facts.get("number"), w=work, a=facts["total"])]
    if scene.chance(0.6):
        facts["due_date"] = scene.day()
        text.append(phrase(scene, MAILS, "due").format(d=facts["due_date"]))
    if scene.chance(0.3):
        text.append(phrase(scene, MAILS, "free"))
    if scene.chance(0.3):
        facts["iban"] = scene.iban()
        text.append(phrase(scene, MAILS, "account").format(i=facts["iban"]))
    elif scene.chance(0.5):
        text.append(phrase(scene, MAILS, "open"))
    head = ""
    if scene.chance(0.25):
        facts["date"] = scene.day()
        head = f"{scene.label('date')}: {facts['date']}"
    closing = phrase(scene, MAILS, "closing") + scene.pick(",\n", "\n") + seller
    greeting = phrase(scene, MAILS, "greeting").format(p=called)
    body = layout.wrapped(" ".join(text), scene.pick(60, 80, 200))
    return Draft(layout.stack(head, greeting, body, closing, gap="\n\n"), facts)
