"""References to books, articles, talks and pages, in many styles."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Scene

REFERENCE = """
    authors: authors, author, written by, creators | The authors exactly as written, as one string; Who \
        wrote it
    title: title, work title, name of work | Title of the work; Title of the article or book
    container: container, journal, booktitle, published in, source | Journal, book or series in which the \
        work appears
    date: date, year, publication year, published | Date or year of publication, as written
    volume: volume, volume and issue, vol | Volume and issue, as written
    pages: pages, page range, pp | Pages, as written
    publisher: publisher, press, institution, publishing house | Publisher, university or institution
    location: location, place, place of publication | Place of publication
    editors: editors, editor, edited by | Editors as one string
    edition: edition, ed | Edition
    doi: doi, digital object identifier | DOI
    url: url, link, web address | Web address
    accessed: accessed, access date, retrieved on | Day on which the page was read
    isbn: isbn | ISBN
    note: note, remark, medium | A remark, for example on the medium
    translator: translator, translated by | Person who translated it
"""
DASH = ("-", "-", "\u2013", "--")


def names(scene: Scene, low: int = 1, high: int = 4) -> str:
    """Names of authors in one of the usual styles."""
    people = [scene.person_parts() for _ in range(scene.number(low, high))]
    style = scene.pick("last, f.", "last, first", "f. last", "last f", "first last", "last, f.")
    written = [one_name(scene, style, *person) for person in people]
    if len(written) > 2 and scene.chance(0.15):
        return written[0] + scene.pick(" et al.", ", et al.")
    joint = scene.pick(", ", ", ", "; ", " and ")
    if len(written) == 1:
        return written[0]
    return joint.join(written[:-1]) + scene.pick(" and ", " & ", ", and ", ", & ", joint) + written[-1]


def one_name(scene: Scene, style: str, first: str, last: str) -> str:
    """A name in a style."""
    initial = first[0] + scene.maybe(f". {scene.pick(*'ABEGHJLMPRS')}", 0.25)
    return {
        "last, f.": f"{last}, {initial}.",
        "last, first": f"{last}, {first}",
        "f. last": f"{initial}. {last}",
        "last f": f"{last} {initial.replace('. ', '')}",
        "first last": f"{first} {last}",
    }[style]


def work_title(scene: Scene) -> str:
    """A title put together from what scholars write about."""
    first, second = scene.word(words.SCHOLAR_NOUNS), scene.word(words.SCHOLAR_NOUNS)
    title = scene.word(words.SCHOLAR_FRAMES).format(a=first, b=second)
    title = title[0].upper() + title[1:]
    if scene.chance(0.2):
        title += f": {scene.pick('lessons from', 'evidence from', 'a study of')} {scene.city()}"
    return title.title() if scene.chance(0.15) else title


def quoted(scene: Scene, title: str) -> str:
    """A title with or without marks around it."""
    return scene.pick("{}", "{}", "{}", '"{}"', "\u201c{}\u201d", "'{}'").format(title)


def page_range(scene: Scene) -> str:
    """First and last page."""
    first = scene.number(1, 900)
    return f"{first}{scene.word(DASH)}{first + scene.number(2, 40)}"


@kind("science", REFERENCE, titles=("reference", "bibliographic reference", "citation"), weight=3)
def citation(scene: Scene) -> Draft:
    """One entry of a list of references."""
    facts: Facts = {}
    writers = {
        "article": article_parts,
        "book": book_parts,
        "chapter": chapter_parts,
        "thesis": thesis_parts,
        "page": page_parts,
    }
    kind_of = scene.pick("article", "article", "book", "chapter", "thesis", "page")
    author, title = names(scene), work_title(scene)
    year = str(scene.number(1931, 2026)) + scene.maybe(scene.pick("a", "b"), 0.06)
    facts |= {"title": title}
    lead = []
    if scene.chance(0.93):
        facts["authors"] = author
        lead.append(author)
    dated = scene.chance(0.95)
    if dated:
        facts["date"] = year
    front = dated and scene.chance(0.5)
    if front:
        lead.append(f"({year})" if scene.chance(0.6) else year)
    parts = [quoted(scene, title), *writers[kind_of](scene, facts)]
    if dated and not front:
        parts.append(scene.pick("{}", "({})").format(year))
    parts += final_parts(scene, facts)
    mark = scene.pick(". ", ", ", ". ")
    text = mark.join(
        part.rstrip(".") if mark == ". " and part != author else part for part in [*lead, *parts]
    )
    text = text.replace(".. ", ". ")
    number = scene.maybe(scene.pick("[{}] ", "{}. ", "({}) ").format(scene.number(1, 120)), 0.2)
    return Draft(number + text + scene.maybe(".", 0.8), trimmed(facts, text))


def trimmed(facts: Facts, text: str) -> Facts:
    """Values without a point at the end that the text does not have."""
    return {
        key: fact.rstrip(".") if isinstance(fact, str) and fact not in text else fact
        for key, fact in facts.items()
    }


def final_parts(scene: Scene, facts: Facts) -> list[str]:
    """DOI, address, day of access, remark."""
    parts = []
    if scene.chance(0.18):
        facts["doi"] = scene.reference(
            "10.%###/?##.####", "10.%###/s####-###-###", "10.####/j.####.##"
        ).lower()
        parts.append(scene.pick("doi:{}", "DOI: {}", "https://doi.org/{}", "doi {}").format(facts["doi"]))
    if scene.chance(0.12):
        facts["url"] = (
            f"https://www.{scene.host()}/{scene.pick('papers', 'articles', 'doc')}/{scene.number(10, 9999)}"
        )
        parts.append(scene.pick("{}", "Available at {}", "URL: {}", "Retrieved from {}").format(facts["url"]))
        if scene.chance(0.4):
            facts["accessed"] = scene.day(style="d MMMM yyyy").text
            parts.append(scene.pick("accessed {}", "Accessed on {}", "[{}]").format(facts["accessed"]))
    if scene.chance(0.06):
        facts["note"] = scene.pick("in press", "unpublished manuscript", "[CD-ROM]", "forthcoming", "mimeo")
        parts.append(str(facts["note"]))
    return parts


def volume(scene: Scene) -> str:
    """Volume and issue."""
    first, second = scene.number(1, 180), scene.number(1, 12)
    return scene.pick(
        f"{first}({second})",
        str(first),
        f"vol. {first}, no. {second}",
        f"Vol. {first}",
        f"{first}, {second}",
        f"{first}/{second}",
    )


def article_parts(scene: Scene, facts: Facts) -> list[str]:
    """Journal, volume, pages."""
    facts["container"] = scene.word(words.JOURNALS)
    parts = [scene.pick("{}", "In {}", "{}").format(facts["container"])]
    if scene.chance(0.85):
        numbered = volume(scene)
        facts["volume"] = numbered
        parts[0] += scene.pick(" ", ", ") + numbered
    if scene.chance(0.85):
        facts["pages"] = page_range(scene)
        parts[0] += scene.pick(": {}", ", {}", ", pp. {}", ":{}").format(facts["pages"])
    return parts


def publisher_part(scene: Scene, facts: Facts) -> list[str]:
    """Publisher with its town, in either order."""
    facts["publisher"] = scene.word(words.PUBLISHERS)
    if scene.chance(0.3):
        return [str(facts["publisher"])]
    facts["location"] = scene.city()
    return [scene.pick("{l}: {p}", "{p}, {l}", "{l}, {p}").format(l=facts["location"], p=facts["publisher"])]


def book_parts(scene: Scene, facts: Facts) -> list[str]:
    """Edition, translator, publisher, ISBN."""
    parts = []
    if scene.chance(0.25):
        facts["edition"] = scene.pick("2nd ed.", "3rd edition", "Second edition", "rev. ed.", "4th ed")
        parts.append(f"({facts['edition']})")
    if scene.chance(0.12):
        facts["translator"] = scene.person()
        parts.append(scene.pick("Trans. {}", "Translated by {}").format(facts["translator"]))
    parts += publisher_part(scene, facts)
    if scene.chance(0.12):
        facts["isbn"] = scene.reference("978-#-##-######-#", "978##########")
        parts.append(f"ISBN {facts['isbn']}")
    return parts


def chapter_parts(scene: Scene, facts: Facts) -> list[str]:
    """The book, its editors, pages, publisher."""
    facts["container"] = scene.pick(
        work_title(scene),
        f"Proceedings of the {scene.number(3, 40)}th Conference on {scene.word(words.SCHOLAR_NOUNS).title()}",
    )
    book = str(facts["container"])
    if scene.chance(0.6):
        facts["editors"] = names(scene, 1, 3)
        shown = scene.pick("In {e} (Eds.), {b}", "In {b}, edited by {e}", "In: {e} (ed.): {b}").format(
            e=facts["editors"], b=book
        )
    else:
        shown = scene.pick("In {}", "In: {}").format(book)
    parts = [shown]
    if scene.chance(0.7):
        facts["pages"] = page_range(scene)
        parts.append(scene.pick("pp. {}", "(pp. {})", "{}").format(facts["pages"]))
    return [*parts, *(publisher_part(scene, facts) if scene.chance(0.7) else [])]


def thesis_parts(scene: Scene, facts: Facts) -> list[str]:
    """What kind of thesis, where."""
    facts["publisher"] = scene.pick("University of {}", "{} University").format(scene.city())
    return [
        scene.pick("PhD thesis", "Master's thesis", "Doctoral dissertation", "Technical Report 12"),
        str(facts["publisher"]),
    ]


def page_parts(scene: Scene, facts: Facts) -> list[str]:
    """A page in the net or a piece in a paper."""
    facts["container"] = scene.pick("The {} Times", "{} Daily News", "{} Herald").format(scene.city())
    return [str(facts["container"])]


LISTING = """
    titles[]: titles, works, books, readings | Titles of all works in the list
    author_list[]: authors, writers, author names | All authors in the list
    years[]: years, publication years | All years in the list
    borrower: borrower, reader, member, library user | Person who borrowed the books
    card_no: card number, library card, member number | Number of the library card
    due_date@: due date, return by, due | Day by which the books go back
    loan_date@: loan date, borrowed on, checkout date | Day on which the books were lent
    fee#: fee, fine, overdue fee | Fee that has to be paid
    library: library, library name, branch | Name of the library
    renewable?: renewable, can be renewed | Whether the loan can be made longer
    isbn_list[]: isbns, isbn numbers | All ISBNs in the list
    course: course, class, seminar | Course for which the list is
"""


@kind("science people", LISTING, titles=("loan", "library slip", "reading list"), weight=1.2)
def library_slip(scene: Scene) -> Draft:
    """A slip of a library with the books on it."""
    titles = list(dict.fromkeys(work_title(scene) for _ in range(scene.number(1, 4))))
    facts: Facts = {"titles": list(titles)}
    values: list[tuple[str, str, str | Written]] = [
        (
            "library",
            scene.pick("Library", "Branch"),
            f"{scene.city()} {scene.pick('Public Library', 'City Library', 'University Library')}",
        ),
        ("borrower", scene.pick("Borrower", "Reader", "Member"), scene.person()),
        (
            "card_no",
            scene.pick("Card No", "Library card", "Member No"),
            scene.reference("############", "L-######"),
        ),
        ("loan_date", scene.pick("Issued", "Checked out", "Loan date"), scene.day()),
        ("due_date", scene.pick("Due back", "Return by", "Due"), scene.day()),
        ("fee", scene.pick("Fine", "Overdue fee", "Fee"), scene.priced(scene.cents(0.2, 15))),
        ("course", "Course", scene.word(words.SUBJECTS)),
    ]
    rows = []
    for key, label, value in values:
        if scene.chance(0.45):
            facts[key] = value
            rows.append((label, str(value)))
    entries = entries_with_authors(scene, titles, facts)
    note = ""
    if scene.chance(0.3):
        facts["renewable"] = scene.chance(0.5)
        note = "You may renew online." if facts["renewable"] else "These items cannot be renewed."
    return Draft(layout_slip(scene, rows, entries, note), facts)


def entries_with_authors(scene: Scene, titles: list[str], facts: Facts) -> list[str]:
    """The titles, with their authors and years in some lists."""
    with_author, with_year = scene.chance(0.5), scene.chance(0.35)
    authors = [scene.person() for _ in titles]
    years = [str(scene.number(1950, 2025)) for _ in titles]
    if with_author:
        facts["author_list"] = list(dict.fromkeys(authors))
    if with_year:
        facts["years"] = list(dict.fromkeys(years))
    lines = []
    for title, author, year in zip(titles, authors, years, strict=True):
        lines.append(title + (f" / {author}" if with_author else "") + (f" ({year})" if with_year else ""))
    return lines


def layout_slip(scene: Scene, rows: list[tuple[str, str]], entries: list[str], note: str) -> str:
    """Labels above, books below."""
    bullet = scene.pick("- ", "", "* ", "1x ")
    body = "\n".join(bullet + entry for entry in entries)
    return layout.stack(layout.pairs(scene.rng, rows) if rows else "", body, note, gap="\n\n")
