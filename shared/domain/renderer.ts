/**
 * The version of the texts in which first answers are written today; an accepted payment keeps the version it was answered in.
 * A protocol that changes a word of an answer raises it and keeps the old texts, so that a repeat years later reads as it first did.
 */
export const RENDERER = 1
