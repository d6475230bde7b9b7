/** Who can sign in on a laptop: one invented person per role. Their subjects are those of `.hub/sandbox/operators.json`. */
import type { ROLES } from '../sandbox/operators.ts'

export type DemoPerson = {
  readonly role: (typeof ROLES)[number]
  readonly name: string
  /** What the sign-in page says of them, in both languages. */
  readonly may: { readonly id: string; readonly en: string }
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    role: 'viewer',
    name: 'Melati Contoh',
    may: { id: 'Melihat semuanya, data pribadi disamarkan', en: 'Sees everything, personal data masked' },
  },
  {
    role: 'support',
    name: 'Kenanga Contoh',
    may: { id: 'Melihat data pribadi, mengurus kontak peserta', en: 'Sees personal data, looks after contacts' },
  },
  {
    role: 'operator',
    name: 'Merak Contoh',
    may: { id: 'Mengunggah berkas, mengusulkan keputusan', en: 'Uploads files, proposes what shall be done' },
  },
  {
    role: 'approver',
    name: 'Cempaka Contoh',
    may: { id: 'Juga menyetujui usulan orang lain', en: 'Also approves what others have proposed' },
  },
  {
    role: 'sponsor',
    name: 'Gambir Contoh',
    may: { id: 'Mengurus program sponsor sendiri', en: 'Looks after the programs of one sponsor' },
  },
  {
    role: 'admin',
    name: 'Rusa Contoh',
    may: { id: 'Semuanya, kecuali menyetujui usulannya sendiri', en: 'Everything but approving what they proposed' },
  },
]

/** The subject in their tokens. */
export function subjectOf({ role }: DemoPerson): string {
  return `local-${role}`
}

export function personOf(subject: string): DemoPerson | undefined {
  return DEMO_PEOPLE.find((person) => subjectOf(person) === subject)
}
