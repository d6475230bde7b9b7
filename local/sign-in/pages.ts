/** The pages of the local sign-in: who you want to be, and whether you want to leave. Plain HTML, no script, one style sheet. */
import { DEMO_PEOPLE, type DemoPerson } from './demo-people.ts'

export const STYLE_PATH = '/oidc/sign-in.css'
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self' http://localhost:8791; frame-ancestors 'none'; base-uri 'none'"

export type Language = 'id' | 'en'

export function signInPage(action: string, language: Language): string {
  const text = TEXTS[language]
  const people = DEMO_PEOPLE.map((person) => choiceOf(person, language)).join('')
  return page(
    language,
    text.title,
    `<h1>${text.title}</h1><p>${text.lead}</p>
<form method="post" action="${escaped(action)}"><ul>${people}</ul></form>
<p class="note">${text.note}</p>`,
  )
}

function choiceOf({ role, name, may }: DemoPerson, language: Language): string {
  return `<li><button name="person" value="${role}"><b>${escaped(name)}</b><i>${role}</i><span>${escaped(may[language])}</span></button></li>`
}

/** `form` is the provider's own, with its guard against foreign requests. */
export function signOutPage(form: string, language: Language): string {
  const text = TEXTS[language]
  return page(
    language,
    text.leave,
    `<h1>${text.leave}</h1><p>${text.leaveLead}</p>${form}
<div class="row"><button class="main" form="op.logoutForm" name="logout" value="yes" type="submit">${text.leave}</button>
<button form="op.logoutForm" type="submit">${text.stay}</button></div>`,
  )
}

export function problemPage(detail: string): string {
  const { problem, back } = TEXTS.en
  return page('en', problem, `<h1>${problem}</h1><p>${escaped(detail)}</p><p><a href="/">${back}</a></p>`)
}

const TEXTS = {
  en: {
    title: 'Who are you today?',
    lead: 'This hub runs on your machine. Choose a person; each shows what their role may do.',
    note: 'In AWS people sign in with their own account, password and second factor.',
    leave: 'Sign out',
    leaveLead: 'Your session ends in every tab of this browser.',
    stay: 'Stay signed in',
    problem: 'Signing in did not work',
    back: 'Back to the dashboard',
  },
  id: {
    title: 'Siapa Anda hari ini?',
    lead: 'Hub ini berjalan di komputer Anda. Pilih seseorang; masing-masing menunjukkan wewenang perannya.',
    note: 'Di AWS setiap orang masuk dengan akun, kata sandi dan faktor kedua miliknya.',
    leave: 'Keluar',
    leaveLead: 'Sesi Anda berakhir di semua tab peramban ini.',
    stay: 'Tetap masuk',
    problem: 'Tidak berhasil masuk',
    back: 'Kembali ke dasbor',
  },
} as const

function page(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title} · Contribution Hub</title><link rel="stylesheet" href="${STYLE_PATH}"></head>
<body><main>${body}</main></body></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
