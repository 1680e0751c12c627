"""Words of r\u00e9sum\u00e9s and meetings in the language of the document; English has tables of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .scene import Scene

# By language and kind of word, divided by slashes.
NATIVE: Mapping[str, Mapping[str, str]] = {
    "de": {
        "experience": "Berufserfahrung/Beruflicher Werdegang/Berufspraxis",
        "education": "Ausbildung/Bildungsweg/Studium",
        "skills heading": "Kenntnisse/F\u00e4higkeiten/EDV-Kenntnisse",
        "languages heading": "Sprachen/Sprachkenntnisse",
        "hobbies heading": "Hobbys/Interessen",
        "location": "Wohnort/Ort/wohnhaft in",
        "title": "Lebenslauf/LEBENSLAUF/Tabellarischer Lebenslauf",
        "until": "heute/jetzt",
        "years": "{} Jahre Berufserfahrung./Seit {} Jahren im Beruf.",
        "jobs": "Elektriker/Buchhalterin/Krankenpfleger/Softwareentwickler/Projektleiterin"
        "/Tischler/Lehrerin"
        "/Vertriebsleiter/Technische Zeichnerin/K\u00f6chin/Lagerist/Sachbearbeiter Einkauf",
        "skills": "Buchhaltung/Excel/CAD-Zeichnen/Projektleitung/Schwei\u00dfen/SAP"
        "/Kundenberatung/Staplerschein"
        "/Wundversorgung/Kalkulation/Teamf\u00fchrung/Java",
        "languages": "Deutsch/Englisch/Franz\u00f6sisch/T\u00fcrkisch/Polnisch/Italienisch/Russisch",
        "other degree": "Ausbildung zum Mechatroniker/Gesellenbrief/Meisterpr\u00fcfung/Fachabitur",
        "topics": "Sommerfest/Haushalt 2026/Dachsanierung/Elternabend/Umzug des Lagers"
        "/Datenschutz/Jahresbericht"
        "/Parkplatzfrage/Mitgliederversammlung",
        "tasks": "Angebote einholen/Raum reservieren/Protokoll verschicken/Hausmeister anrufen"
        "/Einladung entwerfen/Kassenbuch pr\u00fcfen/Plakate aufh\u00e4ngen/Vertrag durchsehen",
        "rooms": "Raum 204/gro\u00dfer Sitzungssaal/Turnhalle/B\u00fccherei/Besprechungsraum 3"
        "/Aula/Gemeindehaus",
        "present": "Anwesend/Teilnehmer/Teilnehmende",
        "absent": "Entschuldigt/Abwesend",
        "chair": "Leitung/Vorsitz/Sitzungsleitung",
        "minute taker": "Protokoll/Protokollf\u00fchrung/Schriftf\u00fchrer",
        "organizer": "Einladende/Organisation/Eingeladen von",
        "agenda": "Tagesordnung/Themen/TOP",
        "decisions": "Beschl\u00fcsse/Beschlossen",
        "actions": "Aufgaben/N\u00e4chste Schritte/Zu erledigen",
        "minutes": "Protokoll: {}/Protokoll\n{}/{} - Protokoll/Niederschrift: {}",
    },
    "fr": {
        "experience": "Exp\u00e9rience/Exp\u00e9rience professionnelle/Parcours professionnel",
        "education": "Formation/\u00c9tudes/Dipl\u00f4mes",
        "skills heading": "Comp\u00e9tences/Savoir-faire",
        "languages heading": "Langues",
        "hobbies heading": "Loisirs/Centres d'int\u00e9r\u00eat",
        "location": "Ville/Domicile/R\u00e9side \u00e0",
        "title": "Curriculum vit\u00e6/CURRICULUM VITAE/Candidature",
        "until": "aujourd'hui/ce jour",
        "years": "{} ans d'exp\u00e9rience./Plus de {} ans de m\u00e9tier.",
        "jobs": "Charg\u00e9e de client\u00e8le/Comptable/Infirmier/D\u00e9veloppeuse"
        "/Cheffe de projet/Menuisier/Professeure"
        "/Responsable des ventes/Cuisinier/Assistante de direction/Magasinier",
        "skills": "comptabilit\u00e9/Excel/gestion de projet/soudure/relation client"
        "/r\u00e9daction/budget/conduite"
        " de chariots/soins/n\u00e9gociation/Python",
        "languages": "fran\u00e7ais/anglais/espagnol/allemand/arabe/italien/portugais",
        "other degree": "CAP cuisine/BTS comptabilit\u00e9/Baccalaur\u00e9at/Brevet professionnel",
        "topics": "F\u00eate de l'\u00e9cole/Budget 2026/R\u00e9fection du toit"
        "/R\u00e9union de rentr\u00e9e/Point d'avancement"
        "/Appel d'offres/Rapport annuel/Recrutement",
        "tasks": "envoyer le compte rendu/r\u00e9server la salle/demander trois devis/relire le contrat"
        "/pr\u00e9parer le budget/appeler le fournisseur/mettre \u00e0 jour le site",
        "rooms": "salle 204/salle du conseil/gymnase/biblioth\u00e8que/salle polyvalente/mairie/bureau C3",
        "present": "Pr\u00e9sents/Participants/\u00c9taient pr\u00e9sents",
        "absent": "Excus\u00e9s/Absents",
        "chair": "Pr\u00e9sidence/Anim\u00e9 par",
        "minute taker": "Secr\u00e9taire/Compte rendu",
        "organizer": "Organisateur/Convoqu\u00e9 par",
        "agenda": "Ordre du jour/Points",
        "decisions": "D\u00e9cisions/D\u00e9cid\u00e9",
        "actions": "Actions/\u00c0 faire/Suites \u00e0 donner",
        "minutes": "Compte rendu : {}/R\u00e9union\n{}/{} - compte rendu/Proc\u00e8s-verbal : {}",
    },
    "es": {
        "experience": "Experiencia/Experiencia laboral/Trayectoria",
        "education": "Formaci\u00f3n/Estudios",
        "skills heading": "Competencias/Conocimientos/Habilidades",
        "languages heading": "Idiomas",
        "hobbies heading": "Aficiones/Intereses",
        "location": "Ciudad/Residencia/Localidad",
        "title": "Curr\u00edculum/CURRICULUM VITAE/Hoja de vida",
        "until": "actualidad/hoy",
        "years": "{} a\u00f1os de experiencia./M\u00e1s de {} a\u00f1os en el sector.",
        "jobs": "Contable/Enfermera/Desarrollador/Jefa de obra/Carpintero/Maestra/Jefe de ventas/Cocinera"
        "/Administrativo/Mozo de almac\u00e9n",
        "skills": "contabilidad/Excel/gesti\u00f3n de proyectos/soldadura"
        "/atenci\u00f3n al cliente/redacci\u00f3n"
        "/presupuestos/carn\u00e9 de carretilla/negociaci\u00f3n/Java",
        "languages": "espa\u00f1ol/ingl\u00e9s/catal\u00e1n/franc\u00e9s/alem\u00e1n"
        "/portugu\u00e9s/\u00e1rabe",
        "other degree": "Ciclo formativo de cocina/T\u00e9cnico en electricidad/Bachillerato",
        "topics": "Fiesta de verano/Presupuesto 2026/Reforma del tejado"
        "/Plan de contrataci\u00f3n/Informe anual"
        "/Junta de vecinos/Mudanza del almac\u00e9n",
        "tasks": "enviar el acta/reservar la sala/pedir tres ofertas/revisar el contrato"
        "/llamar al proveedor"
        "/preparar el presupuesto/actualizar la web",
        "rooms": "sala 204/sala de juntas/gimnasio/biblioteca/sal\u00f3n de actos/despacho 3",
        "present": "Asistentes/Presentes",
        "absent": "Excusan/Ausentes",
        "chair": "Preside/Moderador",
        "minute taker": "Acta/Secretaria",
        "organizer": "Convoca/Organiza",
        "agenda": "Orden del d\u00eda/Temas",
        "decisions": "Acuerdos/Decisiones",
        "actions": "Tareas/Pendiente/Pr\u00f3ximos pasos",
        "minutes": "Acta: {}/Reuni\u00f3n\n{}/{} - acta",
    },
    "it": {
        "experience": "Esperienza/Esperienze professionali",
        "education": "Formazione/Istruzione",
        "skills heading": "Competenze/Capacit\u00e0",
        "languages heading": "Lingue",
        "hobbies heading": "Interessi",
        "location": "Residenza/Citt\u00e0",
        "title": "Curriculum vitae/CURRICULUM VITAE",
        "until": "oggi/in corso",
        "years": "{} anni di esperienza./Oltre {} anni nel settore.",
        "jobs": "Contabile/Infermiera/Sviluppatore/Falegname/Insegnante/Responsabile vendite/Cuoca/Geometra",
        "skills": "contabilit\u00e0/Excel/gestione progetti/saldatura/assistenza clienti/preventivi/AutoCAD",
        "languages": "italiano/inglese/francese/tedesco/spagnolo/rumeno",
        "other degree": "Diploma di ragioneria/Diploma alberghiero/Qualifica di elettricista",
        "topics": "Festa d'estate/Bilancio 2026/Rifacimento del tetto/Piano assunzioni/Relazione annuale",
        "tasks": "inviare il verbale/prenotare la sala/chiedere tre preventivi/rivedere il contratto"
        "/chiamare il fornitore",
        "rooms": "sala 204/sala riunioni/palestra/biblioteca/aula magna",
        "present": "Presenti/Partecipanti",
        "absent": "Assenti/Assenti giustificati",
        "chair": "Presiede/Presidente",
        "minute taker": "Verbale/Segretario",
        "organizer": "Convocata da/Organizzatore",
        "agenda": "Ordine del giorno",
        "decisions": "Decisioni/Delibere",
        "actions": "Da fare/Azioni",
        "minutes": "Verbale: {}/Riunione\n{}/{} - verbale",
    },
    "nl": {
        "experience": "Werkervaring/Ervaring",
        "education": "Opleiding/Opleidingen",
        "skills heading": "Vaardigheden/Kennis",
        "languages heading": "Talen",
        "hobbies heading": "Hobby's/Interesses",
        "location": "Woonplaats/Plaats",
        "title": "Curriculum vitae/CV",
        "until": "heden/nu",
        "years": "{} jaar ervaring./Meer dan {} jaar in het vak.",
        "jobs": "Boekhouder/Verpleegkundige/Softwareontwikkelaar/Timmerman/Lerares/Verkoopleider/Kok/Monteur",
        "skills": "boekhouden/Excel/projectleiding/lassen/klantcontact/offertes/heftruckcertificaat/SQL",
        "languages": "Nederlands/Engels/Duits/Frans/Turks",
        "other degree": "MBO niveau 4/Vakdiploma elektra/HAVO-diploma",
        "topics": "Zomerfeest/Begroting 2026/Dakrenovatie/Ledenvergadering/Jaarverslag/Verhuizing magazijn",
        "tasks": "notulen rondsturen/zaal reserveren/drie offertes aanvragen/contract nalezen"
        "/leverancier bellen",
        "rooms": "zaal 204/vergaderzaal 3/gymzaal/bibliotheek/buurthuis",
        "present": "Aanwezig/Deelnemers",
        "absent": "Afwezig/Afgemeld",
        "chair": "Voorzitter",
        "minute taker": "Notulist/Notulen",
        "organizer": "Organisator/Uitgenodigd door",
        "agenda": "Agenda",
        "decisions": "Besluiten",
        "actions": "Acties/Actiepunten",
        "minutes": "Notulen: {}/Vergadering\n{}/{} - verslag",
    },
}
ENGLISH: Mapping[str, str] = {
    "experience": "Experience/Work history/EMPLOYMENT/Career/Professional experience",
    "education": "Education/EDUCATION/Studies",
    "skills heading": "Skills/Key skills/SKILLS/Tools",
    "languages heading": "Languages/LANGUAGES/Spoken languages",
    "hobbies heading": "Interests/Hobbies",
    "location": "Location/Lives in/Based in/Town",
    "title": "Curriculum Vitae/CURRICULUM VITAE/R\u00e9sum\u00e9/CV",
    "until": "present/today/now",
    "years": "{} years of experience in the field./Over {} years of professional experience."
    "/{}+ years in industry."
    "/{} years in the trade.",
    "other degree": "Apprenticeship as an electrician/NVQ Level 3/City & Guilds diploma/High school diploma"
    "/Vocational certificate",
    "present": "Present/Attendees/Participants/Attending/In attendance",
    "absent": "Apologies/Absent/Excused",
    "chair": "Chair/Chaired by",
    "minute taker": "Minutes/Minute taker/Recorded by",
    "organizer": "Called by/Organiser/Host",
    "agenda": "Agenda/AGENDA/Topics",
    "decisions": "Decisions/Resolved/DECIDED",
    "actions": "Actions/To do/Action items/Next steps",
    "minutes": "Minutes: {}/MINUTES OF MEETING\n{}/{} - minutes/Meeting notes\n{}/Protocol: {}",
}


def entries(scene: Scene, key: str, english: Sequence[str]) -> tuple[str, ...]:
    """The words of a kind in the language of the labels, the English ones where there are none."""
    found = NATIVE.get(scene.labels_in, {}).get(key)
    return tuple(found.split("/")) if found else tuple(english)


def word(scene: Scene, key: str) -> str:
    """One word or heading of a kind in the language of the labels."""
    return scene.pick(*entries(scene, key, [one for one in ENGLISH[key].split("/") if one]))


def job_of(scene: Scene) -> str:
    """What somebody works as, in the language of the document where it has words for it."""
    return scene.pick(*entries(scene, "jobs", [scene.job()]))
