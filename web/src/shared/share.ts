/** The way of shared things between browser, service worker and page. The manifest's `share_target` names the same address. */

/** The browser posts to it; the page takes from it. Only the service worker answers there. */
export const SHARE_ADDRESS = "/share";

/** The word in the query of the page's address that says that something waits at `SHARE_ADDRESS`. */
export const SHARED_MARK = "shared";
