/** What the hub knows about a difference, by name; and the lines of one that stands for many of its kind. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import { PlainTable } from './plain-table.tsx'

type Difference = Schemas['Difference']
type Evidence = Difference['evidence']

export function CaseEvidence({ difference }: { readonly difference: Difference }) {
  const { t } = useLanguage()
  const { evidence, paymentId, lines, id } = difference
  const shownValue = useEvidenceValue()
  const named = (Object.keys(evidence) as (keyof Evidence)[]).flatMap((name): (readonly [string, ReactNode])[] => {
    const value = evidence[name]
    return value === null || value === undefined ? [] : [[worded(t.words.evidence, name), shownValue(name, value)]]
  })
  return (
    <Section title={t.difference.evidence}>
      <Facts
        items={[
          [worded(t.words.evidence, 'id'), <Mono key="id">{id}</Mono>],
          ...(paymentId === '' ? [] : [[t.settlement.paymentId, <Mono key="payment">{paymentId}</Mono>] as const]),
          ...(lines.length === 0 ? [] : [[t.settlement.line, lines.join(', ')] as const]),
          ...named,
        ]}
      />
    </Section>
  )
}

function useEvidenceValue() {
  const { t, f } = useLanguage()
  const b = useFinance()
  return <N extends keyof Evidence>(name: N, value: NonNullable<Evidence[N]>): ReactNode => {
    if (name === 'reason') return worded(b.words.reasons, String(value))
    if (name === 'how') return worded(t.words.how, String(value))
    if (name === 'decision') return worded(b.words.decisions, String(value))
    if (name === 'hubDate') return f.day(String(value))
    if (name === 'fees') return <FeesInCase fees={value as NonNullable<Evidence['fees']>} />
    if (name === 'account' && /^\d{11}$/.test(String(value))) {
      return (
        <Link to="/participants/$kpj" params={{ kpj: String(value) }}>
          {String(value)}
        </Link>
      )
    }
    if (name.endsWith('At')) return f.instant(String(value))
    if (name.endsWith('Rupiah')) return f.money(Number(value))
    if (name === 'linked') {
      return (value as readonly string[]).map((each) => (
        <Link key={each} to="/differences/$id" params={{ id: each }} className="mono">
          {each}
        </Link>
      ))
    }
    if (name === 'otherLines') {
      return (value as NonNullable<Evidence['otherLines']>)
        .map(({ file, line, amount, status }) => {
          const at = `${f.shortDay(file)} #${f.number(line)}`
          return `${at}: ${f.money(amount)} (${worded(t.words.lineStatus, status)})`
        })
        .join('; ')
    }
    if (Array.isArray(value)) return <Mono>{value.join(', ')}</Mono>
    if (typeof value === 'number') return f.number(value)
    return <Mono>{String(value)}</Mono>
  }
}

function FeesInCase({ fees }: { readonly fees: NonNullable<Evidence['fees']> }) {
  const { f } = useLanguage()
  const b = useFinance()
  return (
    <>
      {f.month(fees.month)}: {b.fees.fee} {f.money(fees.fee)}, {b.fees.vat} {f.money(fees.vat)}, {b.fees.withholding}{' '}
      {f.money(fees.withholding)}
    </>
  )
}

const DIGEST = /^[0-9a-f]{64}$/

function Mono({ children }: { readonly children: ReactNode }) {
  return <span className={DIGEST.test(String(children)) ? 'mono digest' : 'mono'}>{children}</span>
}

/** Of a case that stands for many lines. */
export function CaseLines({ difference: { id, evidence } }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const isMany = evidence.count !== undefined
  const lines = useInfiniteQuery({
    queryKey: ['difference-lines', id],
    enabled: isMany,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/differences/{id}/lines', {
          params: { path: { id }, query: pageParam === undefined ? {} : { page: Number(pageParam) } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (!isMany) return null
  return (
    <Section title={t.difference.manyLines}>
      <Answered query={lines}>
        {({ pages }) => (
          <PlainTable
            label={t.difference.manyLines}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={({ paymentId, line, at }) => `${paymentId} ${line} ${at}`}
            columns={[
              {
                header: t.settlement.paymentId,
                cell: ({ paymentId }) => <span className="mono">{paymentId || '–'}</span>,
                isName: true,
              },
              { header: t.settlement.line, cell: ({ line }) => (line === null ? '–' : f.number(line)), align: 'end' },
              { header: t.overview.amount, cell: ({ amountRupiah }) => f.money(amountRupiah), align: 'end' },
              { header: t.settlement.at, cell: ({ at }) => (at === null ? '–' : f.instant(at)) },
            ]}
          />
        )}
      </Answered>
      {lines.hasNextPage && (
        <Button
          className="button more"
          isDisabled={lines.isFetchingNextPage}
          onPress={() => void lines.fetchNextPage()}
        >
          {t.table.more}
        </Button>
      )}
    </Section>
  )
}
