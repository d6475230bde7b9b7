/** A person as finance's pages name one: by the subject that tokens and the audit chain have, or as the reader. */
import { useFinance } from '../../i18n/finance.ts'
import { usePerson } from '../../sign-in/use-session.ts'

export function PersonName({ subject }: { readonly subject: string }) {
  const b = useFinance()
  const me = usePerson()?.subject
  return subject === me ? <span title={subject}>{b.you}</span> : <span className="mono">{subject}</span>
}
