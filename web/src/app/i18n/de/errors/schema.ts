/** What a schema asks for and cannot be enforced. */

import type { SchemaWordings } from "../../../../shared/wordings.js";
import { textsOf } from "../../error-texts.js";

export const schema = textsOf<SchemaWordings>()({
  "schema-refused/alternatives": {
    message: "Hier kommen {{count}} Alternativen zusammen.",
    advice: "Schreibe das Schema mit höchstens {{most}} Alternativen.",
  },
  "schema-refused/choice-of-objects": {
    message: "Eine Auswahl unter Objekten oder Listen lässt sich nicht aus einem Dokument füllen.",
    advice: "Nimm Texte, Zahlen oder Ja/Nein als Auswahl.",
  },
  "schema-refused/circular": {
    message: "Das Schema verweist auf sich selbst, ohne dass ein Objekt oder eine Liste dazwischen liegt.",
    advice: "Nimm den Verweis heraus.",
  },
  "schema-refused/contains": {
    message: "„contains“ lässt sich nicht erzwingen.",
    advice: "Beschreibe stattdessen jeden Eintrag in „items“.",
  },
  "schema-refused/endless": {
    message: "Das Schema verweist ohne Ende auf sich selbst.",
    advice: "Erlaube, dass das innere Objekt fehlt.",
  },
  "schema-refused/excluded": {
    message: "„{{keyword}}“ lässt sich hier nicht erzwingen: {{excluded}}.",
    advice: "Sage direkt, was erlaubt ist.",
  },
  "schema-refused/format": {
    message: "Das Format „{{named}}“ lässt sich nicht erzwingen.",
    advice: "Lass das Format weg, oder nimm „pattern“.",
  },
  "schema-refused/items": {
    message: "Eine Liste solcher Einträge lässt sich nicht aus einem Dokument füllen.",
    advice: "Nimm eine Liste einzelner Werte, oder eine von Objekten, die ihre Schlüssel nennen.",
  },
  "schema-refused/key-patterns": {
    message: "Die Muster der Schlüssel brauchen zusammen zu viele Zustände.",
    advice: "Vereinfache die Muster.",
  },
  "schema-refused/keyword": {
    message: "„{{keyword}}“ lässt sich nicht erzwingen.",
    advice: "Nimm es heraus, oder sage mit anderen Worten, was erlaubt ist.",
  },
  "schema-refused/keyword-misspelt": {
    message: "„{{keyword}}“ ist kein Schlüsselwort, „{{meant}}“ aber schon.",
    advice: "Schreibe „{{meant}}“, oder wähle einen anderen Namen, wenn es als Notiz gemeint ist.",
  },
  "schema-refused/keyword-value": {
    message: "„{{keyword}}“ muss {{expected}} sein.",
    advice: "Berichtige das Schema.",
  },
  "schema-refused/max-length": {
    message: "Kein Text kann hier so kurz sein: {{most}} Zeichen.",
    advice: "Erhöhe „maxLength“.",
  },
  "schema-refused/min-items": {
    message: "Eine Liste mit mindestens {{least}} und höchstens {{most}} Einträgen lässt sich nicht füllen.",
    advice: "Verlange höchstens {{limit}} Einträge.",
  },
  "schema-refused/multiple-of": {
    message: "„multipleOf“ ist {{number}}.",
    advice: "Es muss größer als 0 sein.",
  },
  "schema-refused/no-keys": {
    message: "Das Objekt nennt keine Schlüssel; es gibt also nichts zu suchen.",
    advice: "Nenne die Schlüssel unter „properties“, oder nimm das Objekt heraus.",
  },
  "schema-refused/no-object": {
    message: "Ein Schema muss ein Objekt sein.",
    advice: "Schreibe es zwischen { und }.",
  },
  "schema-refused/no-properties": {
    message: "Das Schema hat keine Felder; es gibt also nichts zu suchen.",
    advice: "Füge mindestens ein Feld hinzu.",
  },
  "schema-refused/no-value": {
    message: "Kein Wert passt in dieses Feld: Was zur Auswahl steht, schließt sich gegenseitig aus.",
    advice: "Prüfe „enum“, „const“ und „type“.",
  },
  "schema-refused/pattern": {
    message: "„pattern“ lässt sich nicht erzwingen: {{feature}}.",
    advice: "Schreibe es als einfachen regulären Ausdruck, oder nimm es heraus.",
  },
  "schema-refused/pattern-states": {
    message: "Das Muster und die Längen brauchen zusammen zu viele Zustände.",
    advice: "Vereinfache das Muster.",
  },
  "schema-refused/patterns-together": {
    message: "Die Muster und Längen des Schemas brauchen zusammen zu viele Zustände.",
    advice: "Vereinfache die Muster.",
  },
  "schema-refused/prefix-items": {
    message: "Eine Liste, in der jeder Eintrag seine eigene Bedeutung hat, lässt sich nicht füllen.",
    advice: "Nimm ein Objekt mit einem Schlüssel für jeden.",
  },
  "schema-refused/property-names": {
    message: "Diese „propertyNames“ lassen sich nicht erzwingen.",
    advice: "Nimm ein einziges Muster, Längen oder eine Liste von Namen.",
  },
  "schema-refused/reference": {
    message: "„{{reference}}“ ist nicht in diesem Schema.",
    advice: "Kopiere, worauf es verweist, nach „$defs“, und verweise darauf mit „#/$defs/…“.",
  },
  "schema-refused/several-multiples": {
    message: "Eine Zahl kann nicht mehrere „multipleOf“ zugleich einhalten.",
    advice: "Schreibe ihr kleinstes gemeinsames Vielfaches.",
  },
  "schema-refused/size": {
    message: "Das Schema kommt auf zu viele Alternativen.",
    advice: "Mach es kleiner.",
  },
  "schema-refused/top-type": {
    message: "Das Schema muss ganz oben den Typ „object“ haben.",
    advice: "Setze „type“ auf „object“.",
  },
  "schema-refused/type-form": {
    message: "„type“ muss ein Name oder eine Liste von Namen sein.",
    advice: "Zum Beispiel „string“.",
  },
  "schema-refused/type-unknown": {
    message: "Den Typ „{{type}}“ gibt es nicht.",
    advice: "Nimm einen von diesen: {{types}}.",
  },
  "schema-refused/unevaluated": {
    message: "„unevaluatedProperties“ lässt sich neben anderen Schemas desselben Objekts nicht erzwingen.",
    advice: "Nimm „additionalProperties“.",
  },
  "schema-refused/unique-items": {
    message: "„uniqueItems“ lässt sich nicht erzwingen, wo die ersten Einträge so wenige eigene Werte haben.",
    advice: "Nimm es heraus, oder verlange weniger Einträge.",
  },
  "schema-refused/values": {
    message: "Das Schema fragt nach mehr als {{most}} Werten.",
    advice: "Behalte nur, was in den Dokumenten steht.",
  },
});
