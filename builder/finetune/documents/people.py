"""People: r\u00e9sum\u00e9s, blurbs, forms, biographies, staff lists."""

from __future__ import annotations

from datetime import date

from . import layout, native, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Scene

RESUME = """
    *person: name, full name, applicant, candidate | Full name of the applicant; Name of the candidate
    *email
    *phone
    *location: location, place of residence, lives in, city | Town where the applicant lives
    website
    birth@: date of birth, birth date, born | Day of birth
    *job_title: job title, current position, profession, role | Present or latest position
    employer: employer, current employer, present company | Company where the person works now
    *employers[]: employers, companies, worked for | Names of all employers
    *degree=bachelor/master/doctorate/other: degree, highest degree, education level | Highest degree
    university: university, school, alma mater | University or school of the highest degree
    graduation: graduation year, year of degree | Year of the degree
    *experience+: years of experience, experience, experience years | Years of professional experience, as \
        stated
    *skills[]: skills, competences, tools | Skills, tools and methods
    *languages[]: languages, languages spoken | Languages spoken
    hobbies[]: hobbies, interests | What the person does in free time
    certificates[]: certificates, certifications | Certificates the person holds
    salary#: salary expectation, desired salary | Salary that the person wants
    available: available from, notice period, availability | When the person can begin
    remote?: remote, open to remote work | Whether the person wants to work from home
"""
UNIVERSITIES = (
    "University of {}",
    "{} University",
    "{} Institute of Technology",
    "Technical University of {}",
    "{} College",
)
CERTIFICATES = (
    "PMP",
    "CPA",
    "AWS Solutions Architect",
    "First aid certificate",
    "ITIL Foundation",
    "Six Sigma Green Belt",
    "Scrum Master",
)


def degree(scene: Scene, facts: Facts) -> str:
    """A degree with its school and its year."""
    level = scene.pick(*words.DEGREES, "other")
    facts["degree"] = level
    shown = (
        native.word(scene, "other degree")
        if level == "other"
        else scene.word(words.DEGREES[level]).format(scene.word(words.SUBJECTS))
    )
    if scene.chance(0.8):
        facts["university"] = scene.word(UNIVERSITIES).format(scene.city())
        shown += f", {facts['university']}"
    if scene.chance(0.6):
        facts["graduation"] = str(scene.number(1985, 2025))
        shown += scene.pick(", {}", " ({})").format(facts["graduation"])
    return shown


@kind("people", RESUME, titles=("resume", "cv", "applicant"), weight=6)
def resume(scene: Scene) -> Draft:
    """A r\u00e9sum\u00e9 with sections."""
    name = scene.person()
    facts: Facts = {"person": name}
    head = [native.word(scene, "title"), name] if scene.chance(0.25) else [name]
    if scene.chance(0.5):
        facts["job_title"] = native.job_of(scene)
        head.append(str(facts["job_title"]))
    head.append(reach(scene, facts, name))
    sections = [section(scene, *part) for part in resume_parts(scene, facts)]
    scene.rng.shuffle(sections)
    profile = profile_sentence(scene, facts)
    return Draft(
        layout.stack("\n".join(part for part in head if part), profile, *sections, gap="\n\n"), facts
    )


def reach(scene: Scene, facts: Facts, name: str) -> str:
    """How to reach the applicant."""
    values: dict[str, tuple[str, str | Written]] = {
        "email": (scene.label("email"), scene.email(name)),
        "phone": (scene.label("phone"), scene.phone()),
        "location": (native.word(scene, "location"), home(scene)),
        "website": ("Web", scene.website(scene.host(name))),
        "birth": (scene.label("birth"), scene.day(scene.some_day(date(1955, 1, 1), date(2004, 1, 1)))),
    }
    rows = []
    for key, (label, value) in values.items():
        if scene.chance(0.5):
            facts[key] = value
            rows.append((label, str(value)))
    if scene.chance(0.4) and "birth" not in facts:
        return scene.pick(" | ", " - ", "  ").join(value for _, value in rows)
    return layout.pairs(scene.rng, rows, scene.pick("colon", "aligned", "tab", "tight"))


def home(scene: Scene) -> str:
    """Where somebody lives: a town, at times with its region or country."""
    behind = scene.pick("", "", scene.reference("??"), scene.fake.country())
    return f"{scene.city()}, {behind}" if behind else scene.city()


def profile_sentence(scene: Scene, facts: Facts) -> str:
    """A sentence about experience and wishes."""
    text = []
    if scene.chance(0.45):
        facts["experience"] = scene.count(2, 30)
        text.append(native.word(scene, "years").format(facts["experience"]))
    if scene.chance(0.25):
        facts["available"] = scene.pick(
            "immediately", "from September", "three months' notice", "1 January", "in four weeks"
        )
        text.append(scene.pick("Available: {}.", "Can start: {}.").format(facts["available"]))
    if scene.chance(0.2):
        facts["remote"] = scene.chance(0.6)
        text.append("Happy to work from home." if facts["remote"] else "Prefers to work on site only.")
    if scene.chance(0.15):
        facts["salary"] = scene.priced(scene.cents(25, 140) * 1000)
        text.append(f"Salary expectation: {facts['salary']} per year.")
    return " ".join(text)


def resume_parts(scene: Scene, facts: Facts) -> list[tuple[str, list[str], bool]]:
    """Heading, entries and whether the entries may stand in one line."""
    parts: list[tuple[str, list[str], bool]] = []
    if scene.chance(0.8):
        parts.append((native.word(scene, "experience"), jobs(scene, facts), False))
    if scene.chance(0.7):
        parts.append((native.word(scene, "education"), [degree(scene, facts)], False))
    for key, heading, table, most in (
        ("skills", native.word(scene, "skills heading"), native.entries(scene, "skills", words.SKILLS), 7),
        (
            "languages",
            native.word(scene, "languages heading"),
            native.entries(scene, "languages", words.LANGUAGES),
            4,
        ),
        ("hobbies", native.word(scene, "hobbies heading"), words.HOBBIES, 4),
        ("certificates", "Certificates", CERTIFICATES, 2),
    ):
        if scene.chance(0.45):
            entries = scene.some(table, 1, most)
            facts[key] = entries
            parts.append((heading, entries, True))
    return parts


def jobs(scene: Scene, facts: Facts) -> list[str]:
    """The posts held, the latest first."""
    year, entries, employers = 2026, [], []
    for number in range(scene.number(1, 4)):
        start = year - scene.number(1, 7)
        known = facts.get("job_title") if number == 0 else None
        job = str(known or native.job_of(scene))
        company = scene.organisation() if scene.chance(0.4) else scene.company()
        until = native.word(scene, "until") if number == 0 else str(year)
        entries.append(
            scene.pick(
                "{a}-{b}: {j}, {c}",
                "{j} at {c} ({a} to {b})",
                "{c}, {j}, {a} - {b}",
                "{a} - {b}   {c}, {j}",
                "{j}, {c} {a}-{b}",
                "{a}-{b}\n{c}\n{j}",
            ).format(a=start, b=until, j=job, c=company)
        )
        employers.append(company)
        if number == 0:
            facts["employer"] = company
            facts.setdefault("job_title", job)
        year = start
    facts["employers"] = list(dict.fromkeys(employers))
    return entries


def section(scene: Scene, heading: str, entries: list[str], short: bool) -> str:
    """A heading over its entries."""
    if short and scene.chance(0.6):
        return heading + scene.pick("\n", ": ") + scene.pick(", ", " | ", "; ").join(entries)
    bullet = scene.pick("- ", "* ", "", "\u2022 ")
    return heading + "\n" + "\n".join(bullet + entry for entry in entries)


BLURB = (
    RESUME
    + """
    place_of_birth: place of birth, birthplace, born in | Town where the person was born
    partner: partner, spouse, married to | Person to whom the person is married
    book: book, publication, book title | Title of a book by the person
    award: award, prize | Prize that the person got
"""
)


@kind("people science", BLURB, titles=("person", "profile", "speaker"), weight=2)
def person_blurb(scene: Scene) -> Draft:
    """A paragraph on a person, as on the page of a firm or a conference."""
    name = scene.person()
    facts: Facts = {"person": name}
    first = name.split()[0]
    job, company = scene.job(), scene.company()
    facts |= {"job_title": job, "employer": company, "employers": [company]}
    sentences = [
        scene.pick(
            "{n} is {j} at {c}.", "{n} works as {j} for {c}.", "{n}, {j}, joined {c} recently."
        ).format(n=name, j=job, c=company)
    ]
    extra = blurb_sentences(scene, facts, first)
    scene.rng.shuffle(extra)
    return Draft(" ".join([*sentences, *extra]), facts)


def blurb_sentences(scene: Scene, facts: Facts, first: str) -> list[str]:
    """What else the paragraph tells."""
    title = scene.word(words.SCHOLAR_FRAMES).format(
        a=scene.word(words.SCHOLAR_NOUNS).capitalize(), b=scene.word(words.SCHOLAR_NOUNS)
    )
    values: list[tuple[str, str, str | Written]] = [
        ("location", "{f} lives in {v}.", scene.city()),
        ("place_of_birth", "Born in {v}, {f} grew up by the sea.", scene.city()),
        ("partner", "{f} is married to {v}.", scene.person()),
        ("book", '{f} wrote "{v}".', title),
        ("award", "In 2019 {f} received the {v}.", f"{scene.fake.last_name()} Prize"),
        ("birth", "{f} was born on {v}.", scene.day(scene.some_day(date(1940, 1, 1), date(2000, 1, 1)))),
        ("experience", "{f} has {v} years of experience.", scene.count(3, 35)),
        ("email", "Write to {v}.", scene.email(first)),
    ]
    text = []
    for key, frame, value in values:
        if scene.chance(0.3):
            facts[key] = value
            text.append(frame.format(f=first, v=value))
    for key, frame, table in (
        ("skills", "{} know-how: {}.", words.SKILLS),
        ("languages", "{} speaks {}.", words.LANGUAGES),
        ("hobbies", "{} loves {}.", words.HOBBIES),
    ):
        if scene.chance(0.3):
            entries = scene.some(table, 1, 3)
            facts[key] = entries
            text.append(frame.format(first, enumeration(entries)))
    if scene.chance(0.35):
        text.append(f"{first} holds a degree: {degree(scene, facts)}.")
    return text


def enumeration(entries: list[str]) -> str:
    """`a, b and c`."""
    return entries[0] if len(entries) == 1 else ", ".join(entries[:-1]) + " and " + entries[-1]


FORM = """
    first_name
    last_name
    person: full name, applicant name, name | Full name of the applicant
    birth@: date of birth, birth date, dob | Day of birth
    place_of_birth: place of birth, birthplace | Town of birth
    nationality: nationality, citizenship | Nationality
    gender=female/male/other: gender, sex | Gender, as ticked or written
    marital=single/married/divorced/widowed: marital status, civil status | Family status
    street
    city
    postcode
    country
    email
    phone
    mobile
    passport_no: passport number, id number, document number | Number of the passport or identity card
    issued@: issue date, date of issue, issued on | Day on which the document was issued
    expires@: expiry date, valid until, date of expiry | Day on which the document ends
    occupation: occupation, profession, job | Occupation
    employer: employer, company | Employer
    emergency: emergency contact, contact in emergency | Person to call in an emergency
    newsletter?: newsletter, wants newsletter, news by mail | Whether the person wants news by mail
    member_no: member number, membership id | Number of the member
    signed@: signed on, date signed, date of signature | Day of the signature
"""
WRITTEN_GENDER = {
    "female": ("F", "female", "[x] female [ ] male"),
    "male": ("M", "male", "[ ] female [x] male"),
    "other": ("X", "diverse", "other"),
}
WRITTEN_MARITAL = {
    "single": ("single", "not married"),
    "married": ("married", "m."),
    "divorced": ("divorced", "div."),
    "widowed": ("widowed", "widow(er)"),
}


@kind("people law", FORM, titles=("form", "registration", "application"), weight=2.5)
def form(scene: Scene) -> Draft:
    """A form with labels and values; some labels stand there without a value."""
    facts: Facts = {}
    rows = []
    for key, label, value in form_values(scene):
        if scene.chance(0.45):
            facts[key] = value
            rows.append((label, str(value)))
        elif scene.chance(0.12):
            rows.append((label, scene.pick("", "____", "-", "n/a", "........")))
    rows += chosen_rows(scene, facts)
    if scene.chance(0.4):
        scene.rng.shuffle(rows)
    if not facts:
        facts["last_name"] = scene.person_parts()[1]
        rows.append((scene.label("last name"), str(facts["last_name"])))
    body = layout.pairs(scene.rng, rows)
    title = scene.pick(
        "REGISTRATION FORM",
        "Application for membership",
        "Guest registration",
        "Personal data",
        "Enrolment",
        "",
    )
    return Draft(layout.stack(title, layout.boxed(body) if scene.chance(0.15) else body, gap="\n\n"), facts)


def form_values(scene: Scene) -> list[tuple[str, str, str | Written]]:
    """Field, label and value of the plain lines."""
    first, last = scene.person_parts()
    address = scene.address(1)
    born = scene.some_day(date(1940, 1, 1), date(2010, 1, 1))
    names = (
        [("person", scene.label("name"), f"{first} {last}")]
        if scene.chance(0.5)
        else [("first_name", scene.label("first name"), first), ("last_name", scene.label("last name"), last)]
    )
    return [
        *names,
        ("birth", scene.label("birth"), scene.day(born)),
        ("place_of_birth", scene.pick("Place of birth", "Birthplace"), scene.city()),
        (
            "nationality",
            scene.label("nationality"),
            scene.pick("British", "Indian", "French", "German", "Kenyan", "Brazilian", "Polish", "Irish"),
        ),
        ("street", scene.pick("Street", "Address line 1", "Street and number"), address.street),
        ("city", scene.pick("City", "Town"), address.city),
        ("postcode", scene.pick("Postcode", "ZIP", "Postal code"), address.postcode),
        ("country", scene.pick("Country", "Land"), address.country),
        ("email", scene.label("email"), scene.email(f"{first} {last}")),
        ("phone", scene.label("phone"), scene.phone()),
        ("mobile", scene.label("mobile"), scene.phone()),
        (
            "passport_no",
            scene.pick("Passport No", "ID number", "Document No."),
            scene.reference("?########", "##??#####", "C####????#"),
        ),
        ("issued", scene.pick("Issued", "Date of issue"), scene.day()),
        ("expires", scene.pick("Valid until", "Expires", "Expiry"), scene.day()),
        ("occupation", scene.pick("Occupation", "Profession"), scene.job()),
        ("employer", "Employer", scene.company()),
        ("emergency", scene.pick("Emergency contact", "In case of emergency call"), scene.person()),
        ("member_no", scene.pick("Member No", "Membership"), scene.reference("M-#####", "########")),
        ("signed", scene.pick("Signed on", "Date and signature", "Signature, date"), scene.day()),
    ]


def chosen_rows(scene: Scene, facts: Facts) -> list[tuple[str, str]]:
    """Lines with a tick or a word that stands for a choice."""
    rows = []
    if scene.chance(0.35):
        facts["gender"] = scene.pick(*WRITTEN_GENDER)
        rows.append((scene.pick("Sex", "Gender"), scene.word(WRITTEN_GENDER[str(facts["gender"])])))
    if scene.chance(0.3):
        facts["marital"] = scene.pick(*WRITTEN_MARITAL)
        rows.append(("Marital status", scene.word(WRITTEN_MARITAL[str(facts["marital"])])))
    if scene.chance(0.3):
        facts["newsletter"] = scene.chance(0.5)
        rows.append(
            (
                scene.pick("Newsletter", "Send me news"),
                scene.pick("[x]", "yes", "X")
                if facts["newsletter"]
                else scene.pick("[ ]", "no", "no thanks"),
            )
        )
    return rows


STAFF = """
    names[]: names, people, members, staff | Names of all people in the list
    emails[]: emails, email addresses, mails | All e-mail addresses
    phones[]: phone numbers, phones, numbers | All telephone numbers
    teams[]: departments, teams, units | Departments that are named
    company
    head: head, team lead, manager, chair | Person who leads
    updated@: updated, date, as of | Day on which the list was made
    mobile_numbers[]: mobile numbers, cell phones | All mobile numbers
    addresses[]: addresses, home addresses | Postal addresses of the people
"""


@kind("people", STAFF, titles=("staff list", "directory", "contacts"), weight=1.2)
def staff_list(scene: Scene) -> Draft:
    """A list of people with what is known of each."""
    names = scene.people(2, 7)
    facts: Facts = {"names": names}
    columns: list[list[str]] = [names]
    head = [scene.label("name")]
    for key, label, values in (
        ("emails", scene.label("email"), [scene.email(name) for name in names]),
        ("phones", scene.label("phone"), [scene.phone() for _ in names]),
        (
            "teams",
            "Department",
            [
                scene.pick("Sales", "IT", "Finance", "Legal", "Production", "Purchasing", "Design")
                for _ in names
            ],
        ),
    ):
        if scene.chance(0.5):
            facts[key] = list(dict.fromkeys(values))
            columns.append(values)
            head.append(label)
    rows = [list(row) for row in zip(*columns, strict=True)]
    body = (
        layout.table(scene.rng, head if scene.chance(0.8) else (), rows)
        if len(columns) > 1
        else "\n".join(f"- {name}" for name in names)
    )
    top = []
    for key, label, shown in (
        ("company", "Company", scene.company()),
        ("head", "Head", scene.pick(*names)),
        ("updated", "As of", scene.day()),
    ):
        if scene.chance(0.35):
            facts[key] = shown
            top.append((label, str(shown)))
    return Draft(
        layout.stack(
            scene.pick("Contacts", "Staff directory", "Team", "Members"),
            layout.pairs(scene.rng, top, "colon"),
            body,
        ),
        facts,
    )
