/**
 * A membership month by month, year by year: cover, what pays each month, how far its settlement has come, and notices, as cells
 * that can be chosen. The chosen month shows its evidence in short and leads to the answer with the whole chain.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { groupBy } from '../ui/group-by.ts'
import { Badge, Facts } from '../ui/page.tsx'
import { Answered, Empty } from '../ui/state.tsx'
import { type Tone, toneOf } from '../ui/tones.ts'

type CoverMonth = Schemas['CoverMonth']

const COVER_TONES: Readonly<Record<CoverMonth['cover'], Tone>> = {
  whole: 'good',
  part: 'warn',
  ahead: 'wait',
  none: 'plain',
}

export function MonthLine({ kpj }: { readonly kpj: string }) {
  const { t, f } = useLanguage()
  const [chosen, choose] = useState<string>()
  const [to, setTo] = useState<string>()
  const months = useQuery({
    queryKey: ['months', kpj, to],
    queryFn: () =>
      answerOf(
        api.GET('/api/memberships/{kpj}/months', {
          params: { path: { kpj }, query: to === undefined ? {} : { to, from: monthsFrom(to, -23) } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE,
  })
  return (
    <Answered query={months} rows={4}>
      {({ items, from, to: last }) => {
        const detail = items.find(({ month }) => month === chosen)
        return (
          <div className="timeline">
            <Legend />
            {items.length === 0 ? <Empty>{t.people.months.none}</Empty> : <Years {...{ items, chosen, choose }} />}
            {detail !== undefined && <Detail kpj={kpj} month={detail} />}
            <div className="row no-print">
              <Button className="button small" onPress={() => setTo(monthsFrom(from, -1))}>
                {t.people.months.earlier}
              </Button>
              {to !== undefined && (
                <Button className="button small" onPress={() => setTo(undefined)}>
                  {t.people.months.later}
                </Button>
              )}
              <span className="muted">{`${f.month(from)} – ${f.month(last)}`}</span>
            </div>
          </div>
        )
      }}
    </Answered>
  )
}

function Legend() {
  const { t } = useLanguage()
  const covers = Object.keys(COVER_TONES) as CoverMonth['cover'][]
  return (
    <div className="legend">
      {covers.map((cover) => (
        <Badge key={cover} tone={COVER_TONES[cover]}>
          {worded(t.people.months.cover, cover)}
        </Badge>
      ))}
    </div>
  )
}

function Years({
  items,
  chosen,
  choose,
}: {
  readonly items: readonly CoverMonth[]
  readonly chosen: string | undefined
  readonly choose: (month: string | undefined) => void
}) {
  const byYear = groupBy(items, ({ month }) => month.slice(0, 4))
  return (
    <div className="months">
      {[...byYear].reverse().map(([year, those]) => (
        <div key={year} className="year">
          <span>{year}</span>
          {Array.from({ length: 12 }, (_, index) => {
            const month = `${year}-${String(index + 1).padStart(2, '0')}`
            const item = those.find((each) => each.month === month)
            if (item === undefined) return <span key={month} className="month outside" aria-hidden="true" />
            return (
              <MonthCell
                key={month}
                item={item}
                isChosen={chosen === month}
                onChoose={() => choose(chosen === month ? undefined : month)}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

function MonthCell({
  item,
  isChosen,
  onChoose,
}: {
  readonly item: CoverMonth
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  const { t, f } = useLanguage()
  const { months: texts } = t.people
  const { month, cover, paidBy, wasReversed, notices } = item
  const isCurrent = month === jakartaDay(Date.now()).slice(0, 7)
  const said = [
    f.month(month),
    worded(texts.cover, cover),
    ...(paidBy === null ? [] : [worded(t.words.channels, paidBy.channel), worded(texts.settlement, paidBy.settlement)]),
    ...(wasReversed ? [texts.reversed] : []),
    ...(notices.length === 0 ? [] : [f.counted(notices.length, texts.noticeCount)]),
    ...(isCurrent ? [t.membership.monthCurrent] : []),
  ]
  return (
    <ToggleButton
      className={`month tone-${COVER_TONES[cover]} ${isCurrent ? 'current' : ''}`}
      isSelected={isChosen}
      onChange={onChoose}
    >
      <span className="only-read">{said.join(', ')}</span>
      <b aria-hidden="true">{f.shortMonth(month)}</b>
      <small aria-hidden="true">{paidBy === null ? '–' : worded(t.words.channels, paidBy.channel)}</small>
      <span className="month-signs" aria-hidden="true">
        <i className={`sign-settlement ${paidBy?.settlement ?? 'nothing'}`} />
        {wasReversed && <i className="sign-reversed" />}
        {notices.length > 0 && <i className="sign-notice" />}
      </span>
    </ToggleButton>
  )
}

function Detail({ kpj, month: item }: { readonly kpj: string; readonly month: CoverMonth }) {
  const { t, f } = useLanguage()
  const { months: texts } = t.people
  const { month, cover, from, to, paidBy, priceRupiah, wasReversed, notices } = item
  return (
    <section className="month-detail" aria-label={`${texts.chosen}: ${f.month(month)}`}>
      <div className="card-head">
        <div className="row">
          <h3>{f.month(month)}</h3>
          <Badge tone={COVER_TONES[cover]}>{worded(texts.cover, cover)}</Badge>
          {wasReversed && <Badge tone="bad">{texts.reversed}</Badge>}
        </div>
        <Link
          to="/participants/$kpj/cover"
          params={{ kpj }}
          search={{ on: dayIn(item) }}
          className="button small no-print"
        >
          {texts.answer}
        </Link>
      </div>
      <Facts
        items={[
          [texts.stretch, from === null || to === null ? '–' : `${f.instant(from)} ${t.cover.until} ${f.instant(to)}`],
          [texts.price, priceRupiah === null ? '–' : f.money(priceRupiah)],
          ...(paidBy === null
            ? []
            : ([
                [
                  texts.payer,
                  <span key="payer">
                    {worded(t.words.facts, paidBy.kind)} · {worded(t.words.channels, paidBy.channel)}{' '}
                    <span className="mono">{paidBy.paymentId}</span>
                  </span>,
                ],
                [t.membership.decided, f.instant(paidBy.decidedAt)],
                [
                  t.words.steps['settlement-line'] ?? '',
                  <Badge key="settlement" tone={settlementTone(paidBy.settlement)}>
                    {worded(texts.settlement, paidBy.settlement)}
                  </Badge>,
                ],
              ] as const)),
        ]}
      />
      <div>
        <p className="muted small">{texts.noticesOf}</p>
        {notices.length === 0 ? (
          texts.noNotice
        ) : (
          <ul className="plain-list">
            {notices.map(({ stage, state, at }) => (
              <li key={stage} className="row">
                {worded(t.words.stages, stage)}
                <Badge tone={toneOf(state)}>{worded(t.words.noticeStates, state)}</Badge>
                <span className="muted">{f.instant(at)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

function settlementTone(settlement: NonNullable<CoverMonth['paidBy']>['settlement']): Tone {
  return settlement === 'awaited'
    ? 'warn'
    : settlement === 'settled'
      ? 'wait'
      : settlement === 'credited'
        ? 'good'
        : 'plain'
}

/** A day that the answer is worth asking for: the first with cover, else the month's first. */
function dayIn({ month, from }: CoverMonth): string {
  return from === null ? `${month}-01` : jakartaDay(Date.parse(from))
}

function monthsFrom(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}
