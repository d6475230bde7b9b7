/** What the clock starts, when it last ran to its end, and whether its turn has passed without it. */
import { useQuery } from '@tanstack/react-query'
import { CALM } from '../api/answers.ts'
import { answerOf, api } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { Badge, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { PlainTable } from './books/plain-table.tsx'

export function Schedules() {
  const { f } = useLanguage()
  const w = useWatchTexts().operations
  const schedules = useQuery({
    queryKey: ['schedules'],
    queryFn: () => answerOf(api.GET('/api/schedules')),
    refetchInterval: CALM,
  })
  return (
    <Section title={w.schedules} lead={w.schedulesLead}>
      <Answered query={schedules} rows={12}>
        {({ items }) => (
          <PlainTable
            label={w.schedules}
            rows={items}
            keyOf={({ schedule, zone }) => `${schedule} ${zone}`}
            file="schedules"
            columns={[
              {
                header: w.schedule,
                value: ({ schedule, zone }) =>
                  `${worded(w.scheduleNames, schedule)}${zone === null ? '' : ` (${zone})`}`,
                cell: ({ schedule, zone }) =>
                  `${worded(w.scheduleNames, schedule)}${zone === null ? '' : ` (${zone})`}`,
                isName: true,
                wrap: true,
              },
              {
                header: w.turn,
                value: ({ isLate, startedAt }) => (isLate ? w.late : startedAt === null ? w.notYet : w.onTime),
                cell: ({ isLate, startedAt }) => (
                  <Badge tone={isLate ? 'warn' : startedAt === null ? 'plain' : 'good'}>
                    {isLate ? w.late : startedAt === null ? w.notYet : w.onTime}
                  </Badge>
                ),
              },
              {
                header: w.began,
                value: ({ startedAt }) => startedAt,
                cell: ({ startedAt }) => (startedAt === null ? w.neverRan : f.instant(startedAt)),
              },
              {
                header: w.ended,
                value: ({ finishedAt }) => finishedAt,
                cell: ({ finishedAt }) => (finishedAt === null ? '–' : f.instant(finishedAt)),
              },
              { header: w.looked, value: ({ looks }) => looks, cell: ({ looks }) => f.number(looks), align: 'end' },
            ]}
          />
        )}
      </Answered>
    </Section>
  )
}
