/** Everything that finance has to decide, filtered by the address. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CALM } from '../api/answers.ts'
import { answerOf, api } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { DifferenceTable } from './difference-table.tsx'

const STATES = ['new', 'persisting', 'proposed', 'approved', 'resolved'] as const
const CHANNELS = ['pos', 'brilink', 'bni', 'indomaret', 'alfamart'] as const
const PAGE = 100

export function DifferencesPage() {
  const { t } = useLanguage()
  const search = useSearch({ from: '/differences' })
  const navigate = useNavigate()
  const filter = (change: Partial<typeof search>) =>
    void navigate({ to: '/differences', search: { ...search, ...change }, replace: false })
  const state = STATES.find((each) => each === search.state)
  const olderThanDays = /^\d{1,4}$/.test(search.olderThan ?? '') ? Number(search.olderThan) : undefined
  const { channel } = search
  const differences = useInfiniteQuery({
    queryKey: ['differences', state, channel, olderThanDays],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(
        api.GET('/api/differences', { params: { query: { state, channel, olderThanDays, limit: PAGE, after } } }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: CALM,
    placeholderData: keepPreviousData,
  })
  const items = useMemo(() => differences.data?.pages.flatMap((page) => page.items) ?? [], [differences.data])
  return (
    <Page title={t.difference.title} lead={t.difference.lead}>
      <Section title={t.difference.title}>
        <div className="form inline">
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
              more={
                differences.hasNextPage
                  ? { load: () => void differences.fetchNextPage(), isLoading: differences.isFetchingNextPage }
                  : undefined
              }
            />
          )}
        </Answered>
      </Section>
    </Page>
  )
}
