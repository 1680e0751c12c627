"""Health: laboratory slips, prescriptions, appointments, short notes."""

from __future__ import annotations

from datetime import date

from . import layout, words
from .draft import Draft, Facts, Written
from .people import enumeration
from .registry import kind
from .scene import Scene

PATIENT = """
    patient: patient, patient name, name | Name of the patient
    birth@: date of birth, birth date, dob, born | Day of birth of the patient
    patient_no: patient number, patient id, mrn | Number of the patient
    doctor: doctor, physician, requested by, prescriber | Name of the doctor
    clinic: clinic, practice, laboratory, hospital | Name of the clinic or laboratory
    insurance: insurance, insurer, health plan | Insurance of the patient
    phone
"""
LAB = (
    PATIENT
    + """
    sample_no: sample number, specimen id, lab number | Number of the sample
    collected@: collected, collection date, sample date | Day on which the sample was taken
    reported@: reported, report date, result date | Day of the report
    tests[]: tests, analytes, parameters | Names of all tests
    high[]: high values, elevated tests, above range | Tests whose value is too high
    low[]: low values, below range, decreased tests | Tests whose value is too low
    specimen: specimen, material, sample type | What was examined, for example blood
    glucose: glucose, blood sugar, glucose value | Value of glucose without its unit
    haemoglobin: haemoglobin, hemoglobin, hb | Value of haemoglobin without its unit
    creatinine: creatinine, creatinine value | Value of creatinine without its unit
    fasting?: fasting, fasting sample | Whether the patient had not eaten
    comment: comment, remark, interpretation | Remark of the laboratory
"""
)
TESTS = {
    "Glucose": ("mg/dL", 70, 100), "Haemoglobin": ("g/dL", 12, 17), "Creatinine": ("mg/dL", 0.6, 1.2),
    "Sodium": ("mmol/L", 135, 145),
    "Potassium": ("mmol/L", 3.5, 5.1), "TSH": ("mIU/L", 0.4, 4.0), "LDL": ("mg/dL", 50, 130), "ALT": ("U/L",
    7, 55),
    "CRP": ("mg/L", 1, 5), "Ferritin": ("ng/mL", 30, 300), "Leukocytes": ("10^9/L", 4, 11),
    "Platelets": ("10^9/L", 150, 400),
    "Vitamin D": ("ng/mL", 20, 50), "HbA1c": ("%", 4, 6),
}  # fmt: skip


def patient_rows(scene: Scene, facts: Facts, share: float = 0.5) -> list[tuple[str, str]]:
    """Labelled values about patient and doctor."""
    values: list[tuple[str, str, str | Written]] = [
        ("patient", scene.pick("Patient", "Name", "Patient name"), scene.person()),
        ("birth", scene.label("birth"), scene.day(scene.some_day(date(1930, 1, 1), date(2020, 1, 1)))),
        ("patient_no", scene.pick("Patient ID", "MRN", "Pat. No."), scene.reference("#######", "P-#####")),
        (
            "doctor",
            scene.pick("Doctor", "Physician", "Requested by", "GP"),
            scene.pick("Dr. {}", "Dr {}", "{}, MD").format(scene.person()),
        ),
        (
            "clinic",
            scene.pick("Clinic", "Practice", "Laboratory"),
            f"{scene.city()} {scene.pick('Medical Centre', 'Clinic', 'Lab Services', 'Hospital')}",
        ),
        (
            "insurance",
            scene.pick("Insurance", "Insurer", "Plan"),
            scene.pick("AOK", "Blue Shield", "Medibank", "NHS", "Aetna", "self-pay"),
        ),
        ("phone", scene.label("phone"), scene.phone()),
    ]
    rows = []
    for key, label, value in values:
        if scene.chance(share):
            facts[key] = value
            rows.append((label, str(value)))
    return rows


@kind("medicine people", LAB, titles=("lab report", "laboratory", "blood test"), weight=1.5)
def lab_slip(scene: Scene) -> Draft:
    """Results of a laboratory in a table with ranges."""
    facts: Facts = {}
    rows = patient_rows(scene, facts)
    for key, label, value in (
        ("sample_no", scene.pick("Sample", "Lab No", "Specimen ID"), scene.reference("########", "S##-####")),
        ("collected", scene.pick("Collected", "Taken on", "Sample date"), scene.day()),
        ("reported", scene.pick("Reported", "Printed", "Result date"), scene.day()),
        (
            "specimen",
            scene.pick("Specimen", "Material"),
            scene.pick("serum", "whole blood", "urine", "plasma"),
        ),
    ):
        if scene.chance(0.4):
            facts[key] = value
            rows.append((label, str(value)))
    results = layout.table(scene.rng, *result_rows(scene, facts))
    notes = []
    if scene.chance(0.25):
        facts["fasting"] = scene.chance(0.6)
        notes.append("Patient was fasting." if facts["fasting"] else "Non-fasting sample.")
    if scene.chance(0.3):
        facts["comment"] = scene.pick(
            "repeat in four weeks", "slightly haemolysed", "please correlate clinically", "no further action"
        )
        notes.append(f"Comment: {facts['comment']}")
    return Draft(
        layout.stack(layout.pairs(scene.rng, rows) if rows else "", results, "\n".join(notes), gap="\n\n"),
        facts,
    )


def result_rows(scene: Scene, facts: Facts) -> tuple[list[str], list[list[str]]]:
    """The table of results; values outside the range are marked in some layouts."""
    names = scene.some(tuple(TESTS), 2, 8)
    marked, ranged = scene.chance(0.6), scene.chance(0.7)
    facts["tests"] = names
    high: list[str] = []
    low: list[str] = []
    rows = []
    for name in names:
        unit, bottom, top = TESTS[name]
        value = round(scene.rng.uniform(bottom * 0.7, top * 1.3), 0 if top > 20 else 1)
        shown = f"{value:g}"
        flag = "L" if value < bottom else "H" if value > top else ""
        high += [name] if flag == "H" else []
        low += [name] if flag == "L" else []
        if name in ("Glucose", "Haemoglobin", "Creatinine"):
            facts[name.lower()] = shown
        rows.append(
            [name, shown, unit, *([f"{bottom:g}-{top:g}"] if ranged else []), *([flag] if marked else [])]
        )
    if marked or ranged:
        facts |= {"high": high, "low": low}
    return ["Test", "Result", "Unit", *(["Range"] if ranged else []), *(["Flag"] if marked else [])], rows


PRESCRIPTION = (
    PATIENT
    + """
    medicine: medicine, drug, medication, drug name | Name of the medicine
    medicines[]: medicines, drugs, medications | Names of all medicines
    strength: strength, dose strength | Strength of one tablet with its unit
    dosage: dosage, directions, how to take, sig | How it is to be taken
    quantity: quantity, amount dispensed, number of tablets | How much is given out
    duration: duration, how long, days of treatment | How long it is to be taken
    refills+: refills, repeats | How often it may be repeated
    date@: date, prescribed on, date of issue | Day of the prescription
    valid_until@: valid until, expires | Last day of the prescription
    diagnosis: diagnosis, indication, reason | Why it is taken
    allergies[]: allergies, known allergies | What the patient is allergic to
    substitution?: substitution allowed, generic allowed | Whether another product may be given
"""
)


@kind("medicine people", PRESCRIPTION, titles=("prescription", "medication"), weight=1.3)
def prescription(scene: Scene) -> Draft:
    """A prescription with one or more medicines."""
    facts: Facts = {}
    rows = patient_rows(scene, facts, 0.45)
    for key, label, value in (
        ("date", scene.label("date"), scene.day()),
        ("valid_until", scene.pick("Valid until", "Expires"), scene.day()),
        (
            "diagnosis",
            scene.pick("Dx", "Indication", "Diagnosis"),
            scene.pick("hypertension", "otitis media", "bronchitis", "type 2 diabetes", "migraine"),
        ),
    ):
        if scene.chance(0.4):
            facts[key] = value
            rows.append((label, str(value)))
    names = scene.some(words.MEDICINES, 1, 3)
    facts["medicines"] = names
    lines = [medicine_line(scene, facts if len(names) == 1 else {}, name) for name in names]
    if len(names) == 1:
        facts["medicine"] = names[0]
    text = ["Rx", *lines] if scene.chance(0.5) else lines
    return Draft(
        layout.stack(
            layout.pairs(scene.rng, rows) if rows else "",
            "\n".join(text),
            prescription_notes(scene, facts),
            gap="\n\n",
        ),
        facts,
    )


def medicine_line(scene: Scene, facts: Facts, name: str) -> str:
    """A medicine with strength, directions, quantity."""
    parts = [name]
    for key, frame, value in (
        ("strength", " {}", scene.pick("500 mg", "5mg", "20 mg", "100 mcg", "2.5 mg", "10mg/5ml")),
        (
            "dosage",
            scene.pick(", {}", ": {}", "\n  {}"),
            scene.pick(
                "one tablet twice a day",
                "1-0-1",
                "take 2 daily with food",
                "every 8 hours",
                "at night",
                "1 puff when needed",
            ),
        ),
        (
            "quantity",
            scene.pick(", {}", " ({})", "\n  Disp: {}"),
            scene.pick("28 tablets", "N2 50 pcs", "30 tabs", "100 ml", "1 inhaler"),
        ),
        (
            "duration",
            scene.pick(" for {}", ", for {}"),
            scene.pick("7 days", "two weeks", "10 days", "3 months"),
        ),
    ):
        if scene.chance(0.55):
            facts[key] = value
            parts.append(frame.format(value))
    return "".join(parts)


def prescription_notes(scene: Scene, facts: Facts) -> str:
    """Refills, allergies, substitution."""
    notes = []
    if scene.chance(0.3):
        facts["refills"] = scene.count(0, 6)
        notes.append(f"{scene.pick('Refills', 'Repeats')}: {facts['refills']}")
    if scene.chance(0.3):
        found = scene.some(("penicillin", "nuts", "latex", "aspirin", "pollen"), 0, 2)
        facts["allergies"] = found
        notes.append("Allergies: " + (", ".join(found) if found else scene.pick("none known", "NKDA", "no")))
    if scene.chance(0.25):
        facts["substitution"] = scene.chance(0.5)
        notes.append("Generic may be given." if facts["substitution"] else "Do not substitute.")
    return "\n".join(notes)


VISIT = (
    PATIENT
    + """
    date@: date, appointment date, visit date, day | Day of the appointment
    time: time, appointment time, at | Time of the appointment
    reason: reason, reason for visit, purpose | Reason for the visit
    symptoms[]: symptoms, complaints | Symptoms that are told
    denied[]: denied symptoms, symptoms not present | Symptoms that the patient does not have
    room: room, consulting room | Room
    next_visit: next visit, follow up, next appointment | When the patient shall come again
    bring[]: to bring, bring along, documents needed | What the patient shall bring
    fee#: fee, no show fee, charge | Fee that is mentioned
    smoker?: smoker, smokes | Whether the patient smokes
    temperature: temperature, body temperature | Temperature of the body
    blood_pressure: blood pressure, bp | Blood pressure
    weight: weight, body weight | Weight of the patient
"""
)


@kind("medicine people", VISIT, titles=("appointment", "visit", "consultation"), weight=1.3)
def doctor_visit(scene: Scene) -> Draft:
    """An appointment or a note after a visit."""
    facts: Facts = {}
    rows = patient_rows(scene, facts, 0.35)
    text = visit_note(scene, facts) if scene.chance(0.5) else visit_reminder(scene, facts)
    return Draft(
        layout.stack(
            layout.pairs(scene.rng, rows) if rows else "",
            layout.wrapped(text, scene.pick(60, 90)),
            gap="\n\n",
        ),
        facts,
    )


def visit_reminder(scene: Scene, facts: Facts) -> str:
    """A reminder of an appointment."""
    facts |= {"date": scene.day(), "time": scene.clock(8, 17)}
    text = [
        scene.pick(
            "Your appointment is on {d} at {t}.",
            "This is to remind you of your visit on {d}, {t}.",
            "We expect you on {d} at {t}.",
        ).format(d=facts["date"], t=facts["time"])
    ]
    if scene.chance(0.4):
        facts["reason"] = scene.pick(
            "annual check-up", "dental cleaning", "blood test", "eye test", "vaccination"
        )
        text.append(f"Reason: {facts['reason']}.")
    if scene.chance(0.35):
        facts["room"] = scene.pick("Room 3", "room 12", "Floor 2, room B")
        text.append(f"Please go to {facts['room']}.")
    if scene.chance(0.35):
        facts["bring"] = scene.some(
            ("your insurance card", "a list of your medicines", "the referral letter", "your glasses"), 1, 3
        )
        text.append(
            "Please bring " + enumeration(facts["bring"] if isinstance(facts["bring"], list) else []) + "."
        )
    if scene.chance(0.25):
        facts["fee"] = scene.priced(scene.cents(15, 80))
        text.append(f"Missed appointments cost {facts['fee']}.")
    return " ".join(text)


def visit_note(scene: Scene, facts: Facts) -> str:
    """A note of a doctor."""
    found = scene.some(words.SYMPTOMS, 2, 5)
    present, absent = found[: len(found) // 2 + 1], found[len(found) // 2 + 1 :]
    facts["symptoms"] = present
    text = [f"Presents with {enumeration(present)}."]
    if absent and scene.chance(0.7):
        facts["denied"] = absent
        text.append(f"Denies {enumeration(absent)}.")
    for key, frame, value in (
        ("temperature", "Temp {}.", f"{scene.number(36, 39)}.{scene.number(0, 9)} C"),
        ("blood_pressure", "BP {}.", f"{scene.number(100, 170)}/{scene.number(60, 100)}"),
        ("weight", "Weight {}.", f"{scene.number(45, 120)} kg"),
        (
            "next_visit",
            "Review {}.",
            scene.pick("in two weeks", "in 6 months", "if no better", "next Monday"),
        ),
    ):
        if scene.chance(0.4):
            facts[key] = value
            text.append(frame.format(value))
    if scene.chance(0.3):
        facts["smoker"] = scene.chance(0.5)
        text.append(
            scene.pick("20 cigarettes a day.", "Smokes.")
            if facts["smoker"]
            else scene.pick("Never smoked.", "Non-smoker.")
        )
    return " ".join(text)
