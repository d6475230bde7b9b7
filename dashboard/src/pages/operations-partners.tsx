/** Partners as operations sees them: how their calls went in the last 24 hours, and their last recorded payment. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useOperationsTexts } from '../i18n/use-operations-texts.ts'
import { Badge, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { PlainTable } from './books/plain-table.tsx'
import { FIGURES_EVERY } from './operations-functions.tsx'

type Partner = Schemas['Partners']['items'][number]
type Figures = NonNullable<Partner['figures']>

export function PartnersToday() {
  const { t, f } = useLanguage()
  const { partners: p } = useOperationsTexts()
  const partners = usePartners()
  const counted = (of: (figures: Figures) => number) => (partner: Partner) =>
    partner.figures === null ? '–' : f.number(of(partner.figures))
  return (
    <Section title={p.title} lead={p.lead}>
      <Answered query={partners} rows={7}>
        {({ measured, items }) => (
          <>
            {measured === null && (
              <p className="notice warning" role="status">
                {p.noFigures}
              </p>
            )}
            <PlainTable
              label={p.title}
              rows={items}
              keyOf={({ channel }) => channel}
              file="partners-today"
              columns={[
                {
                  header: t.overview.channel,
                  value: ({ channel }) => worded(t.words.channels, channel),
                  cell: ({ channel }) => (
                    <Link to="/partners/$channel" params={{ channel }}>
                      {worded(t.words.channels, channel)}
                    </Link>
                  ),
                },
                {
                  header: p.lastPayment,
                  value: ({ lastPaymentAt }) => lastPaymentAt,
                  cell: ({ lastPaymentAt }) => (lastPaymentAt === null ? p.never : f.instant(lastPaymentAt)),
                },
                {
                  header: p.calls,
                  value: ({ figures }) => figures?.calls ?? null,
                  cell: counted(({ calls }) => calls),
                  align: 'end',
                },
                {
                  header: p.refused,
                  value: ({ figures }) => figures?.refused ?? null,
                  cell: ({ figures }) => <Refused figures={figures} />,
                  align: 'end',
                },
                {
                  header: p.turnedAway,
                  cell: ({ figures }) => <TurnedAway figures={figures} />,
                  align: 'end',
                  wrap: true,
                },
                {
                  header: p.failed,
                  value: ({ figures }) => figures?.failed ?? null,
                  cell: ({ figures }) => <Failed figures={figures} />,
                  align: 'end',
                },
                {
                  header: p.slow,
                  value: ({ figures }) => figures?.p99Millis ?? null,
                  cell: ({ figures }) => <Slow figures={figures} />,
                  align: 'end',
                },
              ]}
            />
          </>
        )}
      </Answered>
    </Section>
  )
}

export function usePartners() {
  return useQuery({
    queryKey: ['partners'],
    queryFn: () => answerOf(api.GET('/api/partners')),
    refetchInterval: FIGURES_EVERY,
  })
}

type OfFigures = { readonly figures: Figures | null }

/** Of the payments that were answered for the first time. */
function Refused({ figures }: OfFigures) {
  const { f } = useLanguage()
  const { partners } = useOperationsTexts()
  if (figures === null) return '–'
  const { refused, accepted } = figures
  if (refused === 0) return f.number(refused)
  return partners.share(f.number(refused), f.percent(shareOf(refused, accepted + refused)))
}

function TurnedAway({ figures }: OfFigures) {
  const { f } = useLanguage()
  const { partners } = useOperationsTexts()
  if (figures === null) return '–'
  const { turnedAway } = figures
  if (turnedAway.length === 0) return f.number(0)
  return (
    <ul className="bare">
      {turnedAway.map(({ reason, count }) => (
        <li key={reason}>{`${f.number(count)} ${worded(partners.reasons, reason)}`}</li>
      ))}
    </ul>
  )
}

function Failed({ figures }: OfFigures) {
  const { f } = useLanguage()
  const { partners } = useOperationsTexts()
  if (figures === null) return '–'
  const { failed, calls } = figures
  if (failed === 0) return f.number(failed)
  return <Badge tone="bad">{partners.share(f.number(failed), f.percent(shareOf(failed, calls)))}</Badge>
}

function Slow({ figures }: OfFigures) {
  const { f } = useLanguage()
  const { functions } = useOperationsTexts()
  const millis = figures?.p99Millis ?? null
  return millis === null ? '–' : functions.millis(f.number(millis))
}

/** In basis points. A repeat is a call and no first answer, so a part is never more than the whole it is shown of. */
function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((Math.min(part, whole) / whole) * 10_000)
}
