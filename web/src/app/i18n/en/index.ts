/** The English texts, one namespace for each area of the page. */

export { shell } from "./shell.js";
export { work } from "./work.js";
export { schema } from "./schema.js";
export { review } from "./review.js";
export { batch } from "./batch.js";
export { exporting as export } from "./export.js";
export { history } from "./history.js";
export { models } from "./models.js";
export { numbers } from "./numbers.js";
export { trust } from "./trust.js";
