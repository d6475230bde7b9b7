/** Everything that finance has to decide, filtered by the address. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { CALM } from '../api/answers.ts'
import { answerOf, api } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import './books/books.css'
import { BulkDecision } from './books/bulk-decision.tsx'
import { CHANNELS, DIFFERENCE_CLASSES } from './books/channels.ts'
import { DifferenceTable } from './difference-table.tsx'

const STATES = ['new', 'persisting', 'proposed', 'approved', 'resolved'] as const
const OWNERS = ['me', 'none'] as const
const PAGE = 100

export function DifferencesPage() {
  const { t } = useLanguage()
  const b = useFinance()
  const mayOperate = useMay('operate')
  const search = useSearch({ from: '/differences' })
  const navigate = useNavigate()
  const filter = (change: Partial<typeof search>) =>
    void navigate({ to: '/differences', search: { ...search, ...change }, replace: false })
  const state = STATES.find((each) => each === search.state)
  const olderThanDays = /^\d{1,4}$/.test(search.olderThan ?? '') ? Number(search.olderThan) : undefined
  const { channel } = search
  const owner = OWNERS.find((each) => each === search.owner)
  const kind = DIFFERENCE_CLASSES.find((each) => each === search.class)
  const differences = useInfiniteQuery({
    queryKey: ['differences', state, channel, olderThanDays, owner, kind],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/api/differences', {
          params: { query: { state, channel, class: kind, owner, olderThanDays, limit: PAGE, after } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: CALM,
    placeholderData: keepPreviousData,
  })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const items = useMemo(() => differences.data?.pages.flatMap((page) => page.items) ?? [], [differences.data])
  // What a filter takes out of sight is not decided about.
  const chosenItems = useMemo(() => items.filter(({ id }) => chosen.has(id)), [items, chosen])
  return (
    <Page title={t.difference.title} lead={t.difference.lead}>
      <Section title={t.difference.title}>
        <div className="form inline filters">
          <Choice
            label={t.difference.state}
            value={state ?? ''}
            options={[
              ['', t.difference.openStates],
              ...STATES.map((each) => [each, t.words.states[each] ?? each] as const),
            ]}
            onChange={(value) => filter({ state: value || undefined })}
          />
          <Choice
            label={t.overview.channel}
            value={channel ?? ''}
            options={[['', t.form.all], ...CHANNELS.map((each) => [each, t.words.channels[each] ?? each] as const)]}
            onChange={(value) => filter({ channel: value || undefined })}
          />
          <Choice
            label={t.difference.class}
            value={kind ?? ''}
            options={[
              ['', t.form.all],
              ...DIFFERENCE_CLASSES.map((each) => [each, t.words.bridge[each] ?? each] as const),
            ]}
            onChange={(value) => filter({ class: value || undefined })}
          />
          <Choice
            label={b.case.owner}
            value={owner ?? ''}
            options={[
              ['', t.form.all],
              ['me', b.you],
              ['none', b.nobody],
            ]}
            onChange={(value) => filter({ owner: value || undefined })}
          />
          <TextInput
            label={t.difference.olderThan}
            inputMode="numeric"
            maxLength={4}
            value={search.olderThan ?? ''}
            onChange={(value) => filter({ olderThan: value || undefined })}
          />
        </div>
        <Answered query={differences}>
          {() => (
            <DifferenceTable
              items={items}
              empty={t.state.empty}
              file="differences"
              selection={
                mayOperate
                  ? {
                      chosen,
                      onChange: setChosen,
                      nameOf: ({ id }) => b.bulk.choose(id),
                      nameOfAll: b.bulk.chooseAll,
                    }
                  : undefined
              }
              more={
                differences.hasNextPage
                  ? { load: () => void differences.fetchNextPage(), isLoading: differences.isFetchingNextPage }
                  : undefined
              }
            />
          )}
        </Answered>
      </Section>
      {chosen.size > 0 && <BulkDecision chosen={chosenItems} clear={() => setChosen(new Set())} />}
    </Page>
  )
}
