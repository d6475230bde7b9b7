/** What the channel was told about each line of its file, version by version. */
import './books.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import { CALM } from '../../api/answers.ts'
import { bytesOf } from '../../api/bytes.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Section } from '../../ui/page.tsx'
import { saveBytes } from '../../ui/save-bytes.ts'
import { Answered, Empty, FormProblem } from '../../ui/state.tsx'
import { type PlainColumn, PlainTable } from './plain-table.tsx'

type AnswerFile = Schemas['AnswerFiles']['answers'][number]

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
  const numbers = (header: string, value: (file: AnswerFile) => number): PlainColumn<AnswerFile> => ({
    header,
    value,
    cell: (file) => f.number(value(file)),
    align: 'end',
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
              file={`${channel}-${date}-answers`}
              columns={[
                {
                  header: b.answers.version,
                  value: ({ name }) => name,
                  cell: ({ version, name }) => (
                    <>
                      {f.number(version)} <span className="mono muted">{name}</span>
                    </>
                  ),
                  isName: true,
                },
                numbers(b.answers.matched, ({ matched }) => matched),
                numbers(b.answers.awaited, ({ awaited }) => awaited),
                numbers(b.answers.missing, ({ missing }) => missing),
                numbers(b.answers.refused, ({ refused }) => refused),
                {
                  header: b.answers.written,
                  value: ({ writtenAt }) => writtenAt,
                  cell: ({ writtenAt }) => f.instant(writtenAt),
                },
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
