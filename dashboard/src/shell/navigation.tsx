/** The pages by the work they belong to. What a role may not do has no entry. */
import { Link } from '@tanstack/react-router'
import { useLanguage } from '../i18n/language.tsx'
import { usePerson } from '../sign-in/use-session.ts'
import { ICONS, type IconName } from './icons.ts'

type Entry = {
  readonly to:
    | '/'
    | '/settlement'
    | '/differences'
    | '/bank'
    | '/suspense'
    | '/journal'
    | '/approvals'
    | '/days'
    | '/owed'
    | '/fees'
    | '/months'
    | '/participants'
    | '/coverage'
    | '/lapses'
    | '/rules'
    | '/reads'
    | '/operations'
    | '/audits'
    | '/partners'
    | '/sponsors'
    | '/agents'
  readonly text: string
  readonly icon: IconName
}

export function Navigation() {
  const { t } = useLanguage()
  const person = usePerson()
  const { nav } = t
  const sponsors: Entry = { to: '/sponsors', text: nav.sponsors, icon: 'sponsors' }
  const all: readonly { readonly name: string | null; readonly entries: readonly Entry[] }[] = [
    { name: null, entries: [{ to: '/', text: nav.overview, icon: 'overview' }] },
    {
      name: nav.groups.finance,
      entries: [
        { to: '/settlement', text: nav.settlement, icon: 'settlement' },
        { to: '/differences', text: nav.differences, icon: 'differences' },
        { to: '/approvals', text: nav.approvals, icon: 'approvals' },
        { to: '/days', text: nav.days, icon: 'days' },
        { to: '/bank', text: nav.bank, icon: 'bank' },
        { to: '/suspense', text: nav.suspense, icon: 'suspense' },
        { to: '/owed', text: nav.owed, icon: 'owed' },
        { to: '/fees', text: nav.fees, icon: 'fees' },
        { to: '/journal', text: nav.journal, icon: 'journal' },
        { to: '/months', text: nav.months, icon: 'months' },
      ],
    },
    {
      name: nav.groups.people,
      entries: [
        { to: '/participants', text: nav.participants, icon: 'participants' },
        { to: '/coverage', text: nav.coverage, icon: 'coverage' },
        { to: '/lapses', text: nav.lapses, icon: 'lapses' },
        sponsors,
        { to: '/agents', text: nav.agents, icon: 'agents' },
        ...(person?.permissions.has('operate') ? [{ to: '/rules', text: nav.rules, icon: 'rules' } as const] : []),
        ...(person?.permissions.has('administer')
          ? [{ to: '/reads', text: t.people.reads.nav, icon: 'reads' } as const]
          : []),
      ],
    },
    {
      name: nav.groups.operations,
      entries: [
        { to: '/operations', text: nav.operations, icon: 'operations' },
        { to: '/partners', text: nav.partners, icon: 'partners' },
        { to: '/audits', text: nav.audits, icon: 'audits' },
      ],
    },
  ]
  // People of a sponsor see what is the sponsor's, and nothing else.
  const groups = person?.permissions.has('read') ? all : [{ name: null, entries: [sponsors] }]
  return (
    <nav aria-label={nav.label} className="navigation">
      {groups.map(({ name, entries }) => (
        <div key={name ?? 'first'} className="nav-group">
          {name !== null && <p className="nav-name">{name}</p>}
          <ul>
            {entries.map(({ to, text, icon }) => (
              <li key={to}>
                <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className="nav-link">
                  <svg viewBox="0 0 20 20" aria-hidden="true">
                    <path d={ICONS[icon]} />
                  </svg>
                  {text}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
