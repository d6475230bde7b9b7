/** What an e-mail address must look like: one `@`, no blanks, a dot in the domain. More is for the receiving server to say. */
export const EMAIL = /^[^\s@<>,;:"]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/i
export const EMAIL_EXPECTED = 'expected an e-mail address such as name@example.id, or nothing'
