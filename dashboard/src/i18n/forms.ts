/** A noun as it stands after a number; Indonesian has one form. */
export type Forms = { readonly one?: string; readonly other: string }
