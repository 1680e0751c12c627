/** Errors of a model's files. Most can be mended only by those who run the site: the commands are meant for them. */

import type { BundleWordings, Fault, FetchingWordings, ReadingWordings } from "../../../../shared/wordings.js";
import { type ErrorText, textsOf } from "../../error-texts.js";

const SIGN_AGAIN = "Wer diese Seite betreibt, muss das Modell neu signieren (`excerpt sign`) und ganz veröffentlichen.";
const DATE_FIRST = "Prüfe das Datum dieses Geräts. Stimmt es, muss, wer diese Seite betreibt, das Modell neu signieren (`excerpt sign`).";
const BUILT_WRONG = "Das Modell wurde falsch gebaut: Es muss neu gebaut werden (`excerpt build`).";
const CONNECT = "Verbinde dich mit dem Netz und versuche es noch einmal.";
const GO_ON = "Versuche es wieder, wenn das Netz da ist: Es geht von dort weiter.";
const KEYS = "Gib eine Liste der Schlüssel an, deren Modelle geöffnet werden sollen, je 64 hexadezimale Ziffern (`excerpt keys show` zeigt sie).";
const MAKE_ROOM = "Schaffe Platz und versuche es noch einmal, oder lass das neuere an die Stelle des jetzigen treten. Das jetzige arbeitet weiter.";

export const bundle = textsOf<BundleWordings>()({
  "bundle-url": {
    message: "Die Adresse des Modells ist keine vollständige Adresse: {{url}}",
    advice: "Gib eine an, die mit https:// beginnt.",
  },
  "cache-layout": {
    message: "Der Zwischenspeicher {{tensor}} des Modells hat eine Form, die diese Version nicht kennt.",
    advice: "Das Modell muss mit dem Werkzeug dieser Version neu gebaut werden (`excerpt build`).",
  },
  "file-undecryptable": {
    message: "Eine Datei des Modells lässt sich nicht entschlüsseln: {{flaw}}.",
    advice: "Das Modell wurde falsch verschlüsselt: Es muss noch einmal verschlüsselt (`excerpt encrypt`) und ganz veröffentlicht werden.",
  },
  "key-unreachable": {
    message: "Der Schlüssel des Modells war nicht zu bekommen: {{why}}.",
    advice: "Versuche es später noch einmal, oder sage es denen, die diese Seite betreiben.",
  },
  "key-wrong/passphrase": {
    message: "Das ist nicht die Passphrase des Modells.",
    advice: "Versuche es noch einmal. Was schon geladen ist, bleibt.",
  },
  "key-wrong/token": {
    message: "Dieses Zugangstoken öffnet keinen Schlüssel des Modells.",
    advice: "Bitte die, die diese Seite betreiben, um eines, das es tut. Was schon geladen ist, bleibt.",
  },
  "manifest-altered": {
    message: "Das Manifest des Modells ist nicht das, das signiert wurde: Es wurde verändert, oder eine neue Version ist erst halb veröffentlicht.",
    advice: `Versuche es in einer Weile noch einmal. ${SIGN_AGAIN}`,
  },
  memory: {
    message: "Dieses Gerät konnte keine {{megabytes}} MB Arbeitsspeicher für das Modell freihalten.",
    advice: "Schließe andere Tabs und Programme und versuche es noch einmal, oder nimm ein Gerät mit mehr Speicher.",
  },
  "network-lost/kept": {
    message: "Das Modell konnte nicht zu Ende geladen werden: {{why}}. {{kept}} MB von {{of}} MB bleiben auf diesem Gerät.",
    advice: GO_ON,
  },
  "network-lost/this-visit": {
    message: "Das Modell konnte nicht zu Ende geladen werden: {{why}}. {{kept}} MB von {{of}} MB bleiben, solange diese Seite offen ist.",
    advice: GO_ON,
  },
  "network-lost/update": {
    message: "Das neuere Modell konnte nicht zu Ende geladen werden: {{why}}. Was da ist, bleibt.",
    advice: "Mach weiter, wenn das Netz wieder da ist. Das jetzige Modell arbeitet weiter.",
  },
  "no-variant/bundle": {
    message: "{{name}} hat keine Form für {{backends}}; angeboten werden: {{offered}}.",
    advice: "Das Modell muss mit einem Rezept gebaut werden, das diese Form enthält.",
  },
  "no-variant/not-fetched": {
    message: "Die Version {{version}} von {{name}} wurde nicht für {{backends}} geladen.",
    advice: "Nimm die vorige Version.",
  },
  "no-variant/update": {
    message: "Die neuere Version von {{name}} hat keine Form für dieses Gerät; angeboten werden: {{offered}}.",
    advice: "Das jetzige Modell arbeitet weiter. Wer diese Seite betreibt, kann eine passende Form bauen.",
  },
  "offline/manifest": {
    message: "Das Manifest des Modells lässt sich nicht laden: {{why}}.",
    advice: CONNECT,
  },
  "offline/model": {
    message: "Das Modell ist noch nicht auf diesem Gerät und lässt sich nicht laden: {{why}}.",
    advice: `${CONNECT} Ist das Modell einmal geladen, braucht es kein Netz mehr.`,
  },
  "passphrase-needed": {
    message: "{{name}} ist verschlüsselt.",
    advice: "Gib die Passphrase ein. Sie wird nicht behalten, nur der Schlüssel, den sie öffnet.",
  },
  "public-keys/no-key": { message: "{{found}} ist kein öffentlicher Schlüssel; so kann keinem Modell vertraut werden.", advice: KEYS },
  "public-keys/no-list": { message: "Die öffentlichen Schlüssel sind keine Liste; so kann keinem Modell vertraut werden.", advice: KEYS },
  "public-keys/none": { message: "Es wurde kein öffentlicher Schlüssel angegeben; so kann keinem Modell vertraut werden.", advice: KEYS },
  "shard-mismatch": {
    message: "Die Datei {{file}} ist nicht die, die das Manifest nennt (Größe oder SHA-256 weichen ab, auch nach erneutem Laden).",
    advice: "Das Modell auf dem Server ist beschädigt oder erst halb ausgetauscht: Alle seine Dateien müssen neu veröffentlicht werden (`excerpt verify` findet die falschen). Versuche es dann noch einmal; was richtig ist, bleibt.",
  },
  "shard-unreadable": {
    message: "Die Datei {{file}} ist die, die das Manifest nennt, ergibt aber nicht die {{bytes}} Byte, die es angibt.",
    advice: BUILT_WRONG,
  },
  "signature-early": {
    message: "Das Modell wurde in der Zukunft signiert, am {{issued, day}}; heute ist der {{today, day}}.",
    advice: DATE_FIRST,
  },
  "signature-expired": {
    message: "Die Signatur des Modells galt bis zum {{until, day}}; heute ist der {{today, day}}.",
    advice: DATE_FIRST,
  },
  "signature-rolled-back": {
    message: "Der Server bietet ein Modell vom {{issued, day}} an, älter als das vom {{newest, day}}, das dieses Gerät hier schon gesehen hat.",
    advice: "Vielleicht hält jemand ein neueres zurück. Wer diese Seite betreibt, muss es noch einmal veröffentlichen oder, wenn das ältere gemeint ist, dieses neu signieren (`excerpt sign`).",
  },
  "signature-unknown-key": {
    message: "Das Modell ist mit dem Schlüssel {{key}} signiert, den diese App nicht kennt.",
    advice: "Frage die, die diese Seite betreiben. Bist du das selbst: Signiere das Modell mit dem Schlüssel, für den die App gebaut ist (`excerpt sign`), oder baue die App für diesen Schlüssel (EXCERPT_PUBLIC_KEYS).",
  },
  "signature-wrong": {
    message: "Die Signatur des Modells stammt nicht von dem Schlüssel {{key}}, den sie nennt. Jemand anderes hat es also gemacht oder verändert.",
    advice: `Benutze es nicht. ${SIGN_AGAIN}`,
  },
  "token-needed": {
    message: "{{name}} ist verschlüsselt.",
    advice: "Gib dein Zugangstoken für den Schlüssel ein. Es wird nicht behalten, nur der Schlüssel.",
  },
  "tokenizer-unreadable": {
    message: "Der Tokenizer {{file}} ist die Datei, die das Manifest nennt, aber kein JSON.",
    advice: BUILT_WRONG,
  },
  "update-no-room/left": { message: "Das neuere Modell konnte nicht neben dem jetzigen gespeichert werden ({{reason}}; {{left}} MB sind frei).", advice: MAKE_ROOM },
  "update-no-room/unknown": { message: "Das neuere Modell konnte nicht neben dem jetzigen gespeichert werden ({{reason}}).", advice: MAKE_ROOM },
  "update-not-kept/left": { message: "Das neuere Modell konnte nicht neben dem jetzigen gespeichert werden ({{reason}}; {{left}} MB sind frei).", advice: MAKE_ROOM },
  "update-not-kept/unknown": { message: "Das neuere Modell konnte nicht neben dem jetzigen gespeichert werden ({{reason}}).", advice: MAKE_ROOM },
});

const MISSING: ErrorText = {
  message: "Auf dem Server fehlt die Datei {{path}} (Status {{status}}).",
  advice: "Das Modell auf dem Server ist unvollständig: Es muss gebaut (`excerpt build`) und mit allen Dateien veröffentlicht werden. Versuche es dann noch einmal; was schon geladen ist, bleibt.",
};
const REFUSED: ErrorText = {
  message: "Der Server gibt die Datei {{path}} nicht heraus (Status {{status}}).",
  advice: "Prüfe, ob du auf dieser Seite angemeldet bist, falls sie das verlangt, und ob der Server die Datei ausliefern darf; versuche es dann noch einmal.",
};

export const fetching = textsOf<FetchingWordings>()({
  "manifest-missing": MISSING,
  "signature-missing": MISSING,
  "shard-missing": MISSING,
  "manifest-refused": REFUSED,
  "signature-refused": REFUSED,
  "shard-refused": REFUSED,
});

const FAULTS: Readonly<Record<Fault, string>> = {
  size: "Die Datei ist zu groß ({{found}} Byte).",
  unreadable: "Die Datei ist kein lesbares JSON. Vielleicht kam an ihrer Stelle eine Webseite.",
  format: "Ihr Format ist {{found}}, und das kennt diese App nicht.",
  "unknown-field": "An der Stelle {{place}} steht das unbekannte Feld {{found}}.",
  "missing-field": "An der Stelle {{place}} fehlt das Feld {{found}}.",
  type: "An der Stelle {{place}} steht etwas von falscher Art: {{found}}.",
  value: "An der Stelle {{place}} steht ein Wert, der nicht erlaubt ist: {{found}}.",
  order: "Die Datei ist kein kanonisches JSON (Schlüssel sortiert, jeder nur einmal, ohne Leerraum).",
};

function faulty(subject: string, advice: string): (fault: Fault) => ErrorText {
  return (fault) => ({ message: `${subject} wurde abgelehnt: ${FAULTS[fault]}`, advice });
}

const manifest = faulty(
  "Das Manifest des Modells",
  "Lade die Seite neu, um die neueste App zu bekommen. Hilft das nicht, muss das Modell neu gebaut (`excerpt build`) und ganz veröffentlicht werden.",
);
const signature = faulty("Die Signatur des Modells", SIGN_AGAIN);

export const reading = textsOf<ReadingWordings>()({
  "manifest-size": manifest("size"),
  "manifest-unreadable": manifest("unreadable"),
  "manifest-format": manifest("format"),
  "manifest-unknown-field": manifest("unknown-field"),
  "manifest-missing-field": manifest("missing-field"),
  "manifest-type": manifest("type"),
  "manifest-value": manifest("value"),
  "manifest-order": manifest("order"),
  "signature-size": signature("size"),
  "signature-unreadable": signature("unreadable"),
  "signature-format": signature("format"),
  "signature-unknown-field": signature("unknown-field"),
  "signature-missing-field": signature("missing-field"),
  "signature-type": signature("type"),
  "signature-value": signature("value"),
  "signature-order": signature("order"),
});
