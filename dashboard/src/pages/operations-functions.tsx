/** How each function of the hub did in the last 24 hours: what crashed, what found no room, and how long it took. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useOperationsTexts } from '../i18n/use-operations-texts.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Badge, Section } from '../ui/page.tsx'
import { Answered, Empty } from '../ui/state.tsx'

type FunctionFigures = Schemas['Functions']['items'][number]

/** The API reads them once a minute, whoever asks. */
export const FIGURES_EVERY = 60_000

export function Functions() {
  const { t, f } = useLanguage()
  const { functions } = useOperationsTexts()
  const figures = useQuery({
    queryKey: ['functions'],
    queryFn: () => answerOf(api.GET('/api/functions')),
    refetchInterval: FIGURES_EVERY,
  })
  const columns = useMemo<readonly TableColumn<FunctionFigures>[]>(() => {
    const bad = (count: number) => (count === 0 ? f.number(count) : <Badge tone="bad">{f.number(count)}</Badge>)
    return [
      { id: 'name', header: functions.name, value: ({ name }) => name, width: 16 },
      {
        id: 'invocations',
        header: functions.invocations,
        value: ({ invocations }) => invocations,
        cell: ({ invocations }) => f.number(invocations),
        align: 'end',
        width: 7,
      },
      {
        id: 'errors',
        header: functions.errors,
        value: ({ errors }) => errors,
        cell: ({ errors }) => bad(errors),
        align: 'end',
        width: 7,
      },
      {
        id: 'throttles',
        header: functions.throttles,
        value: ({ throttles }) => throttles,
        cell: ({ throttles }) => bad(throttles),
        align: 'end',
        width: 9,
      },
      {
        id: 'p99',
        header: functions.slow,
        value: ({ p99Millis }) => p99Millis,
        cell: ({ p99Millis }) => (p99Millis === null ? functions.neverRan : functions.millis(f.number(p99Millis))),
        align: 'end',
        width: 9,
      },
    ]
  }, [f, functions])
  return (
    <Section title={functions.title} lead={functions.lead}>
      <Answered query={figures} rows={18}>
        {({ measured, items }) =>
          measured === null ? (
            <Empty>{functions.none}</Empty>
          ) : (
            <DataTable
              label={functions.title}
              rows={items}
              columns={columns}
              keyOf={({ name }) => name}
              file="functions"
              empty={t.state.empty}
            />
          )
        }
      </Answered>
    </Section>
  )
}
