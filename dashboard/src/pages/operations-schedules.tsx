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
            columns={[
              {
                header: w.schedule,
                cell: ({ schedule, zone }) =>
                  `${worded(w.scheduleNames, schedule)}${zone === null ? '' : ` (${zone})`}`,
                isName: true,
                wrap: true,
              },
              {
                header: w.turn,
                cell: ({ isLate, startedAt }) => (
                  <Badge tone={isLate ? 'warn' : startedAt === null ? 'plain' : 'good'}>
                    {isLate ? w.late : startedAt === null ? w.notYet : w.onTime}
                  </Badge>
                ),
              },
              { header: w.began, cell: ({ startedAt }) => (startedAt === null ? w.neverRan : f.instant(startedAt)) },
              { header: w.ended, cell: ({ finishedAt }) => (finishedAt === null ? '–' : f.instant(finishedAt)) },
              { header: w.looked, cell: ({ looks }) => f.number(looks), align: 'end' },
            ]}
          />
        )}
      </Answered>
    </Section>
  )
}
