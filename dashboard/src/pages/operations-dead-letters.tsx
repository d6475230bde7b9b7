/** Why messages of a queue were put aside, message by message: code and reason, and nothing of what they hold. */
import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { Answered, Empty } from '../ui/state.tsx'
import { PlainTable } from './books/plain-table.tsx'

export function DeadLetters({ queue }: { readonly queue: string }) {
  const { f } = useLanguage()
  const w = useWatchTexts().operations
  const letters = useQuery({
    queryKey: ['dead-letters', queue],
    queryFn: () => answerOf(api.GET('/api/queues/{name}/dead-letters', { params: { path: { name: queue } } })),
  })
  return (
    <div className="stack">
      <h3>{w.whyOf(queue)}</h3>
      <p className="muted">{w.whyLead}</p>
      <Answered query={letters}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{w.whyNone}</Empty>
          ) : (
            <PlainTable
              label={w.whyOf(queue)}
              rows={items}
              keyOf={({ messageId }) => messageId}
              columns={[
                { header: w.since, cell: ({ sentAt }) => f.instant(sentAt), isName: true },
                { header: w.code, cell: ({ code }) => (code === null ? w.tooOften : <code>{code}</code>) },
                {
                  header: w.reason,
                  cell: ({ code, reason }) =>
                    code === null ? w.tooOftenReason : <span lang="en">{reason ?? '–'}</span>,
                  wrap: true,
                },
              ]}
            />
          )
        }
      </Answered>
    </div>
  )
}
