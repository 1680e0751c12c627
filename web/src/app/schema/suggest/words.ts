/** What words tell of the value beside them, in the languages of the examples. */

const SUMS =
  /(?:^|[^\p{L}])(?:sub-?\s?total|total|sum|vat|tax|gst|tip|change|balance|amount|paid|discount|cash|card|fee|due|ust|iva|igic|tva|t\.v\.a|ttc|ht|btw|bar|geg|importe?|suma|solde|montant|rendu|remise|efectivo|cambio|propina)(?:$|[^\p{L}])|summe|gesamt|netto|brutto|betrag|steuer|mwst|rabatt|r(?:ü|ue)ckgeld|skonto|totaal|totale/iu;

const MARKS = /#|№|(?:^|[^\p{L}])(?:no|nr|num|n°|nº|id|code|ref|reference|check|till|order|account|zip|plz|postcode|phone|tel|fax|mobile|room|cab|driver)(?:$|[^\p{L}])|nummer|number|konto|kennung|telefon/iu;

const TIMES = /(?:^|[^\p{L}])(?:time|start|begin|end|zeit|uhrzeit|beginn|ende|heure|hora|ora|tijd)(?:$|[^\p{L}])/iu;

/** Does the label stand before a time of day, which `07.45` may be? */
export function namesTime(label: string): boolean {
  return TIMES.test(label);
}

/** Does the label stand before a sum, a tax, or a way to pay? */
export function namesSum(label: string): boolean {
  return SUMS.test(label);
}

/** Does the label stand before a mark, which is a text even where it is all digits? */
export function namesMark(label: string): boolean {
  return MARKS.test(label);
}
