"""Everyday papers: recipes, notes of schools, shopping lists, notices on a board."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Scene

RECIPE = """
    name: name, title, dish, recipe name | Name of the dish
    servings: servings, serves, portions, yield | For how many people it is
    prep: preparation time, prep time, prep | Time for the preparation
    cook: cooking time, cook time, baking time | Time in the oven or on the fire
    total_time: total time, time needed, takes | Time for everything
    temperature: oven temperature, temperature, bake at | How hot the oven has to be
    ingredients[]: ingredients, ingredient names, foods | Names of the ingredients without their amounts
    amounts[]: amounts, quantities, measures | Amounts of the ingredients with their units
    difficulty=easy/medium/hard: difficulty, level | How hard it is
    vegan?: vegan, is vegan, plant based | Whether it is vegan
    author: author, by, recipe by, cook name | Whose recipe it is
    calories: calories, energy, kcal | Energy for each portion
    tools[]: tools, equipment, utensils | Tools that are needed
    source: source, from, taken from | Where the recipe is from
    rest: resting time, chill time, rest | How long it has to rest
    tip: tip, hint, advice | A hint
    drink: drink, goes well with, wine | What to drink with it
"""
MEASURES = ("{} g", "{} ml", "{} cups", "{} tbsp", "{} tsp", "{}", "{} pinch", "{} cans", "{} oz", "{} kg")
LEVELS = {
    "easy": ("Anyone can do this.", "Very simple."),
    "medium": ("Needs some practice.",),
    "hard": ("Only for experienced cooks.", "This one is tricky."),
}
STEPS = (
    "Mix everything in a bowl.",
    "Chop and fry gently.",
    "Stir until smooth.",
    "Season and serve hot.",
    "Let it cool before slicing.",
    "Bring to the boil.",
    "Fold in the rest.",
)


@kind("cooking", RECIPE, titles=("recipe", "dish"), weight=1.5)
def recipe(scene: Scene) -> Draft:
    """A recipe: head, ingredients with amounts, steps."""
    facts: Facts = {
        "name": scene.pick("{} with {}", "Grandma's {} and {}", "{} {} bake", "Quick {} & {}").format(
            *[one.capitalize() for one in scene.some(words.INGREDIENTS, 2, 2)]
        )
    }
    rows = []
    for key, label, value in (
        (
            "servings",
            scene.pick("Serves", "Servings", "Makes"),
            scene.pick("4", "6 people", "2-3", "12 pieces"),
        ),
        ("prep", scene.pick("Prep", "Preparation"), scene.pick("15 min", "20 minutes", "1/2 hour")),
        (
            "cook",
            scene.pick("Cook", "Cooking time", "Baking time"),
            scene.pick("35 min", "1 hour", "50 minutes", "1 h 20"),
        ),
        (
            "total_time",
            scene.pick("Total", "Total time", "Ready in"),
            scene.pick("45 min", "2 hours", "90 minutes"),
        ),
        ("calories", scene.pick("Calories", "Energy"), scene.pick("420 kcal", "310", "1250 kJ")),
        ("author", scene.pick("By", "Recipe by"), scene.person()),
        ("source", "Source", scene.pick("family cookbook", "The Daily Kitchen", "a leaflet from 1974")),
    ):
        if scene.chance(0.38):
            facts[key] = value
            rows.append((label, str(value)))
    body = layout.stack("\n".join(ingredient_lines(scene, facts)), " ".join(steps(scene, facts)), gap="\n\n")
    return Draft(
        layout.stack(
            str(facts["name"]),
            layout.pairs(scene.rng, rows, scene.pick("colon", "dash", "bare")) if rows else "",
            body,
        ),
        facts,
    )


def ingredient_lines(scene: Scene, facts: Facts) -> list[str]:
    """Ingredients with or without amounts, one a line or all in one."""
    names = scene.some(words.INGREDIENTS, 3, 9)
    facts["ingredients"] = names
    measured = scene.chance(0.8)
    amounts = [
        scene.word(MEASURES).format(scene.pick("1", "2", "3", "1/2", "200", "50", "1.5", "4")) for _ in names
    ]
    if measured:
        facts["amounts"] = list(dict.fromkeys(amounts))
    lines = [f"{amount} {name}" if measured else name for amount, name in zip(amounts, names, strict=True)]
    if scene.chance(0.3):
        return [scene.pick("Ingredients: ", "You need: ", "") + ", ".join(lines)]
    bullet = scene.pick("- ", "* ", "", "")
    return [
        *([scene.pick("Ingredients", "You need")] if scene.chance(0.6) else []),
        *[bullet + line for line in lines],
    ]


def steps(scene: Scene, facts: Facts) -> list[str]:
    """What to do, with temperature, rest, level."""
    text = scene.some(STEPS, 2, 4)
    for key, frame, value in (
        ("temperature", "Heat the oven to {}.", scene.pick("180 C", "200\u00b0C", "350 F", "gas mark 4")),
        ("rest", "Leave to rest for {}.", scene.pick("30 minutes", "two hours", "overnight")),
        ("tip", "Tip: {}.", scene.pick("freeze the rest", "use fresh herbs", "add a little salt")),
        ("drink", "Goes well with {}.", scene.pick("dry white wine", "apple juice", "black tea")),
    ):
        if scene.chance(0.35):
            facts[key] = value
            text.insert(scene.number(0, len(text)), frame.format(value))
    if scene.chance(0.3):
        facts["difficulty"] = scene.pick(*LEVELS)
        text.append(scene.word(LEVELS[str(facts["difficulty"])]))
    if scene.chance(0.25):
        facts["tools"] = scene.some(
            ("whisk", "baking tray", "blender", "large pot", "sieve", "rolling pin"), 1, 3
        )
        text.append("Tools: " + ", ".join(facts["tools"] if isinstance(facts["tools"], list) else []) + ".")
    return text


SCHOOL = """
    school: school, school name, kindergarten | Name of the school
    teacher: teacher, class teacher, signed by, sender | Teacher who wrote the note
    pupil: pupil, student, child, student name | Name of the child
    class: class, grade, form, year group | Class
    date@: date, note date, written on | Day of the note
    event: event, occasion, activity | What takes place
    event_date@: event date, day of trip, takes place on | Day on which it takes place
    start: start time, meeting time, begins at | Time at which it starts
    end: end time, back at, pick up time | Time at which it ends
    place: place, meeting point, venue | Where it takes place or where to meet
    cost#: cost, price, contribution, fee | Money that each child pays
    return_by@: return slip by, reply by, deadline | Day until which the slip is needed
    bring[]: bring, to bring, things needed | Things that the child shall bring
    phone
    email
    uniform?: uniform required, school uniform | Whether the uniform must be worn
    subject: subject, course, lesson | School subject
    mark: mark, result, score | Mark of the child
    absent_days+: days absent, absences | How many days the child was away
    parents_invited?: parents invited, parents may come | Whether parents may come along
"""


@kind("people", SCHOOL, titles=("school note", "school letter", "notice"), weight=1.2)
def school_note(scene: Scene) -> Draft:
    """A note from school to the parents."""
    facts: Facts = {}
    head = []
    for key, frame, value in (
        (
            "school",
            "{}",
            scene.pick(
                "{} Primary School", "{} High School", "{} Kindergarten", "St. Mary's School {}"
            ).format(scene.city()),
        ),
        ("date", "{}", scene.day()),
        (
            "class",
            scene.pick("Class {}", "Form {}", "To the parents of class {}"),
            scene.reference("%?", "%", "1%"),
        ),
        ("pupil", scene.pick("Pupil: {}", "Student: {}", "Child: {}"), scene.person()),
    ):
        if scene.chance(0.5):
            facts[key] = value
            head.append(frame.format(value))
    text = [*trip_sentences(scene, facts)] if scene.chance(0.7) else [*report_sentences(scene, facts)]
    end = []
    for key, frame, value in (
        ("teacher", "{}", scene.pick("Ms {}", "Mr {}", "Mrs. {}").format(scene.person_parts()[1])),
        ("phone", "Tel. {}", scene.phone()),
        ("email", "{}", scene.email()),
    ):
        if scene.chance(0.45):
            facts[key] = value
            end.append(frame.format(value))
    return Draft(
        layout.stack(
            "\n".join(head),
            "Dear parents,",
            layout.wrapped(" ".join(text), scene.pick(55, 80)),
            "\n".join(end),
            gap="\n\n",
        ),
        facts,
    )


def trip_sentences(scene: Scene, facts: Facts) -> list[str]:
    """An outing or a feast."""
    facts["event"] = scene.pick(
        "a trip to the zoo",
        "the summer fair",
        "sports day",
        "a museum visit",
        "the school concert",
        "parents' evening",
    )
    text = [
        scene.pick("we are planning {}.", "soon there will be {}.", "please note {}.").format(facts["event"])
    ]
    for key, frame, value in (
        ("event_date", "It takes place on {}.", scene.day()),
        ("start", "We start at {}.", scene.clock(7, 10)),
        ("end", "We will be back at {}.", scene.clock(13, 18)),
        ("place", "We meet at {}.", scene.word(words.ROOMS)),
        ("cost", "Each child pays {}.", scene.priced(scene.cents(1, 40))),
        ("return_by", "Please hand in the slip by {}.", scene.day()),
    ):
        if scene.chance(0.42):
            facts[key] = value
            text.append(frame.format(value))
    if scene.chance(0.4):
        found = scene.some(
            ("a packed lunch", "rain boots", "a hat", "sun cream", "a towel", "sports shoes"), 1, 3
        )
        facts["bring"] = found
        text.append("Please bring " + ", ".join(found) + ".")
    for key, yes, no in (
        ("uniform", "School uniform must be worn.", "No uniform that day."),
        ("parents_invited", "Parents are welcome.", "Sorry, children only."),
    ):
        if scene.chance(0.25):
            facts[key] = scene.chance(0.5)
            text.append(yes if facts[key] else no)
    return text


def report_sentences(scene: Scene, facts: Facts) -> list[str]:
    """A word about marks and absences."""
    text = ["here is a short report."]
    values: list[tuple[str, str, str | Written]] = [
        ("subject", "The subject is {}.", scene.pick("Mathematics", "History", "English", "Biology", "Art")),
        ("mark", "The mark is {}.", scene.pick("B+", "2", "14/20", "A-", "pass")),
        ("absent_days", "Your child was away on {} days.", scene.count(1, 20)),
    ]
    for key, frame, value in values:
        if scene.chance(0.65):
            facts[key] = value
            text.append(frame.format(value))
    return text


LIST = """
    title: title, list name, heading | Name of the list
    items[]: items, entries, things, articles | All entries of the list, without amounts
    open_items[]: open items, not done, still to do | Entries that are not ticked
    done_items[]: done items, ticked, completed | Entries that are ticked
    owner: owner, list of, by, belongs to | Whose list it is
    shop: shop, store, where to buy | Where to buy
    budget#: budget, maximum, money | How much may be spent
    due: due, deadline, until | Until when
    urgent_item: most important, urgent item, priority item | Entry marked as important
    note: note, remark | A remark under the list
    phone
    person: person, helper, who helps | Person who is asked for help
"""


@kind("people cooking", LIST, titles=("list", "to do list", "shopping list"), weight=1.2)
def note_list(scene: Scene) -> Draft:
    """A list to buy or to do, ticked or not."""
    buying = scene.chance(0.5)
    entries = scene.some(words.GOODS + words.INGREDIENTS if buying else words.TASKS, 2, 8)
    facts: Facts = {"items": entries}
    ticked = scene.chance(0.5)
    done = [entry for entry in entries if scene.chance(0.4)] if ticked else []
    if ticked:
        facts |= {"done_items": done, "open_items": [entry for entry in entries if entry not in done]}
    lines = [
        (("[x] " if entry in done else "[ ] ") if ticked else scene.pick("- ", "- ", "* ")) + entry
        for entry in entries
    ]
    if scene.chance(0.25):
        at = scene.number(0, len(entries) - 1)
        facts["urgent_item"] = entries[at]
        lines[at] += " (!)"
    head = []
    for key, frame, value in (
        ("title", "{}", scene.pick("Shopping", "To do", "Weekend", "Don't forget", "Moving house")),
        ("owner", "{}'s list", scene.person_parts()[0]),
        ("shop", "At {}:", scene.shop()),
    ):
        if scene.chance(0.4):
            facts[key] = value
            head.append(frame.format(value))
    tail = []
    for key, frame, more in (
        ("due", "until {}", scene.pick("Friday", "6 pm", scene.day().text)),
        ("budget", "max. {}", scene.priced(scene.cents(10, 200))),
        ("note", "NB: {}", scene.pick("keep the receipt", "ask for a bag", "no plastic")),
        ("person", "{} can help", scene.person()),
    ):
        if scene.chance(0.25):
            facts[key] = more
            tail.append(frame.format(more))
    return Draft(layout.stack(*head, *lines, *tail), facts)
