/** The notices in English. What a text may say and what its places mean: texts.ts. */
import type { NoticeTexts } from './texts.ts'

export const ENGLISH: NoticeTexts = {
  subject: {
    receipt: 'We received your BPJS Ketenagakerjaan contribution',
    'before-due': 'Your BPJS Ketenagakerjaan contribution is due soon',
    due: 'Your BPJS Ketenagakerjaan contribution is due',
    grace: 'Your BPJS Ketenagakerjaan cover has stopped',
    'sponsor-stopping': 'The contributions paid for you are coming to an end',
    'last-week': 'Your BPJS Ketenagakerjaan membership is about to lapse',
    lapsed: 'Your BPJS Ketenagakerjaan membership has lapsed',
    'lapsed-sponsored': 'Your BPJS Ketenagakerjaan membership has lapsed',
    'active-again': 'Your BPJS Ketenagakerjaan membership is active again',
  },
  text: {
    receipt: ({ nik, paidThrough }) =>
      `BPJS Ketenagakerjaan: thank you, we received the contribution for NIK ${nik}. Paid through ${paidThrough}.`,
    'before-due': ({ nik, months, amount, dueOn }) =>
      `BPJS Ketenagakerjaan: the contribution for ${months}, NIK ${nik}, ${amount}, is due on ${dueOn}.`,
    due: ({ nik, months, amount, dueOn }) =>
      `BPJS Ketenagakerjaan: the contribution for ${months}, NIK ${nik}, ${amount}, is due on ${dueOn} and has not reached us yet.`,
    grace: ({ nik, months, amount, since }) =>
      `BPJS Ketenagakerjaan: NIK ${nik} has had no cover since ${since} because the contribution is unpaid. Pay ${amount} (${months}) to be covered again.`,
    'sponsor-stopping': ({ nik, paidThrough }) =>
      `BPJS Ketenagakerjaan: somebody else pays for NIK ${nik} through ${paidThrough}. To stay covered after that, register as a self-paying member at a BPJS Ketenagakerjaan office, then pay with your NIK at Kantor Pos, BRILink, Agen46 BNI, Indomaret or Alfamart.`,
    'last-week': ({ nik, months, amount, lapsesOn }) =>
      `BPJS Ketenagakerjaan: the membership of NIK ${nik} lapses on ${lapsesOn}. Pay ${months}, ${amount}, before that day.`,
    lapsed: ({ nik, months, amount, lapsesOn }) =>
      `BPJS Ketenagakerjaan: the membership of NIK ${nik} lapsed on ${lapsesOn}. Pay ${amount} (${months}) to be active again; the months missed are not charged.`,
    'lapsed-sponsored': ({ nik, lapsesOn }) =>
      `BPJS Ketenagakerjaan: the membership of NIK ${nik} lapsed on ${lapsesOn}. To be active again, register as a self-paying member at a BPJS Ketenagakerjaan office, then pay with your NIK at Kantor Pos, BRILink, Agen46 BNI, Indomaret or Alfamart.`,
    'active-again': ({ nik, paidThrough }) =>
      `BPJS Ketenagakerjaan: thank you, the membership of NIK ${nik} is active again. You are covered to the end of ${paidThrough}.`,
  },
  howToPay: 'Just give your NIK at Kantor Pos, Agen BRILink, Agen46 BNI, Indomaret or Alfamart.',
  counters: [
    'Kantor Pos and Pos agents: give your NIK at the counter',
    'Agen BRILink (BRI): give your NIK to the agent',
    'Agen46 (BNI): give your NIK to the agent',
    'Indomaret: give your NIK to the cashier',
    'Alfamart: give your NIK to the cashier',
  ],
  greeting: 'Dear member,',
  closing: 'If you have paid already, please ignore this message. Thank you.',
  monthNames: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  thousands: ',',
}
