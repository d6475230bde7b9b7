/** What the channel was told about each line of its file, version by version. */
import './books.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import { CALM } from '../../api/answers.ts'
import { bytesOf } from '../../api/bytes.ts'
import { answerOf, api } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Section } from '../../ui/page.tsx'
import { saveBytes } from '../../ui/save-bytes.ts'
import { Answered, Empty, FormProblem } from '../../ui/state.tsx'
import { PlainTable } from './plain-table.tsx'

export function AnswerFiles({ channel, date }: { readonly channel: string; readonly date: string }) {
  const { f } = useLanguage()
  const b = useFinance()
  const params = { path: { channel, date } }
  const files = useQuery({
    queryKey: ['answer-files', channel, date],
    queryFn: () => answerOf(api.GET('/api/settlements/{channel}/{date}/answer-file', { params })),
    refetchInterval: CALM,
  })
  const saving = useMutation({
    mutationFn: async ({ name, version }: { readonly name: string; readonly version: number }) => {
      const path = `/api/settlements/${channel}/${date}/answer-file?version=${version}&format=csv`
      saveBytes(name, await bytesOf(path))
    },
  })
  return (
    <Section title={b.answers.title} lead={b.answers.lead}>
      <Answered query={files} rows={2}>
        {(found) => {
          const answers = typeof found === 'string' ? [] : found.answers
          if (answers.length === 0) return <Empty>{b.answers.none}</Empty>
          return (
            <PlainTable
              label={b.answers.title}
              rows={answers}
              keyOf={({ version }) => String(version)}
              columns={[
                {
                  header: b.answers.version,
                  cell: ({ version, name }) => (
                    <>
                      {f.number(version)} <span className="mono muted">{name}</span>
                    </>
                  ),
                  isName: true,
                },
                { header: b.answers.matched, cell: ({ matched }) => f.number(matched), align: 'end' },
                { header: b.answers.awaited, cell: ({ awaited }) => f.number(awaited), align: 'end' },
                { header: b.answers.missing, cell: ({ missing }) => f.number(missing), align: 'end' },
                { header: b.answers.refused, cell: ({ refused }) => f.number(refused), align: 'end' },
                { header: b.answers.written, cell: ({ writtenAt }) => f.instant(writtenAt) },
                {
                  header: b.answers.download,
                  cell: (answer) => (
                    <Button
                      className="button small"
                      aria-label={`${b.answers.download} ${answer.name}`}
                      isDisabled={saving.isPending}
                      onPress={() => saving.mutate(answer)}
                    >
                      {b.answers.download}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }}
      </Answered>
      <FormProblem problem={saving.error} />
    </Section>
  )
}
