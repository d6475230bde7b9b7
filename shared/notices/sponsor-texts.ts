/** What a sponsor is told about the end of a program, in Indonesian and English. Plain text, no name of a member in it. */

import type { Month } from '../domain/month.ts'
import type { Language } from '../domain/notice-preferences.ts'
import type { ProgramNoticeStage } from '../domain/sponsors/program-notice.ts'

export type SponsorNotice = { readonly program: string; readonly lastMonth: Month; readonly stage: ProgramNoticeStage }
type Texts = Readonly<Record<ProgramNoticeStage, (notice: SponsorNotice) => string>>

const OWN_ID =
  'Peserta dapat melanjutkan sendiri: mendaftar sebagai peserta mandiri di kantor BPJS Ketenagakerjaan, lalu membayar dengan NIK di Kantor Pos, BRILink, Agen46 BNI, Indomaret atau Alfamart.'
const OWN_EN =
  'Members may go on alone: they register as self-paying members at a BPJS Ketenagakerjaan office and pay with their NIK at Kantor Pos, BRILink, Agen46 BNI, Indomaret or Alfamart.'

const TEXTS: Readonly<Record<Language, { readonly subject: (notice: SponsorNotice) => string; readonly text: Texts }>> =
  {
    id: {
      subject: ({ program }) => `Program ${program}: perlindungan peserta akan berakhir`,
      text: {
        'two-months-ahead': ({ program, lastMonth }) =>
          `Iuran program ${program} dibayar sampai ${lastMonth}. Agar perlindungan tidak terputus, siapkan anggaran dan daftar untuk bulan berikutnya. ${OWN_ID}`,
        'two-weeks-ahead': ({ program, lastMonth }) =>
          `Iuran program ${program} dibayar sampai ${lastMonth}, dua minggu lagi atau kurang. Peserta juga diberi tahu. ${OWN_ID}`,
        ended: ({ program, lastMonth }) =>
          `Iuran program ${program} berakhir dengan bulan ${lastMonth}. Peserta tidak terlindungi sampai ada yang membayar. ${OWN_ID}`,
      },
    },
    en: {
      subject: ({ program }) => `Program ${program}: its members’ cover is about to end`,
      text: {
        'two-months-ahead': ({ program, lastMonth }) =>
          `The contributions of program ${program} are paid through ${lastMonth}. So that cover does not stop, prepare budget and list for the months after. ${OWN_EN}`,
        'two-weeks-ahead': ({ program, lastMonth }) =>
          `The contributions of program ${program} are paid through ${lastMonth}, which ends within two weeks. The members are told too. ${OWN_EN}`,
        ended: ({ program, lastMonth }) =>
          `The contributions of program ${program} ended with ${lastMonth}. Its members have no cover until somebody pays. ${OWN_EN}`,
      },
    },
  }

export function sponsorEmail(notice: SponsorNotice, language: Language) {
  const { subject, text } = TEXTS[language]
  return { subject: subject(notice), text: text[notice.stage](notice) }
}
