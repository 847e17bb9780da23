/** What cannot be shown, as a sentence. */
export class Unshown extends Error {}
