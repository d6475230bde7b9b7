/** What people wrote and attached to a case. Neither is ever changed; bytes are saved, never shown in the page. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, FileTrigger, Form } from 'react-aria-components'
import { CALM } from '../../api/answers.ts'
import { bytesOf } from '../../api/bytes.ts'
import { ApiProblem, answerOf, api, type Schemas } from '../../api/client.ts'
import { upload } from '../../api/upload.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useMay } from '../../sign-in/use-session.ts'
import { Section } from '../../ui/page.tsx'
import { saveBytes } from '../../ui/save-bytes.ts'
import { Answered, Empty, FormProblem } from '../../ui/state.tsx'
import { PersonName } from './person.tsx'
import { LongText } from './text-area.tsx'

const COMMENT_LENGTH = 1_000
const ATTACHMENT_BYTES = 4 * 1024 * 1024
/** As the API has it: what may become part of an address holds no number of a person. */
const NAME = /^(?!.*\d{9})[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:pdf|png|jpe?g|xlsx|csv|txt)$/i

export function CaseComments({ id }: { readonly id: string }) {
  const b = useFinance()
  const { f } = useLanguage()
  const mayOperate = useMay('operate')
  const answers = useQueryClient()
  const [text, setText] = useState('')
  const params = { path: { id } }
  const comments = useQuery({
    queryKey: ['comments', id],
    queryFn: () => answerOf(api.GET('/api/differences/{id}/comments', { params })),
    refetchInterval: CALM,
  })
  const adding = useMutation({
    mutationFn: () => answerOf(api.POST('/api/differences/{id}/comments', { params, body: { text } })),
    onSuccess: () => setText(''),
    onSettled: () => answers.invalidateQueries({ queryKey: ['comments', id] }),
  })
  return (
    <Section title={b.case.comments}>
      <Answered query={comments} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{b.case.noComments}</Empty>
          ) : (
            <ul className="history">
              {items.map(({ by, at, text: written }) => (
                <li key={`${at} ${by}`}>
                  <span className="quote">{written}</span>
                  <span className="muted">
                    <PersonName subject={by} />, {f.instant(at)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      {mayOperate && (
        <Form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            adding.mutate()
          }}
        >
          <LongText
            label={b.case.comment}
            value={text}
            onChange={setText}
            hint={b.case.commentHint}
            maxLength={COMMENT_LENGTH}
          />
          <FormProblem problem={adding.error} />
          <div className="row">
            <Button type="submit" className="button" isDisabled={adding.isPending}>
              {b.case.addComment}
            </Button>
          </div>
        </Form>
      )}
    </Section>
  )
}

export function CaseAttachments({ id }: { readonly id: string }) {
  const b = useFinance()
  const mayOperate = useMay('operate')
  const answers = useQueryClient()
  const attachments = useQuery({
    queryKey: ['attachments', id],
    queryFn: () => answerOf(api.GET('/api/differences/{id}/attachments', { params: { path: { id } } })),
    refetchInterval: CALM,
  })
  const attaching = useMutation({
    mutationFn: (file: File) => {
      if (file.size > ATTACHMENT_BYTES) throw new ApiProblem('TOO_LARGE', 413, '')
      if (!NAME.test(file.name)) throw new ApiProblem('INVALID_INPUT', 400, b.case.badName)
      const path = `/api/differences/${encodeURIComponent(id)}/attachments?name=${encodeURIComponent(file.name)}`
      return upload<Schemas['CaseAttachment']>('PUT', path, file, () => {})
    },
    onSettled: () => answers.invalidateQueries({ queryKey: ['attachments', id] }),
  })
  return (
    <Section title={b.case.attachments} lead={b.case.attachmentsLead}>
      <Answered query={attachments} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{b.case.noAttachments}</Empty>
          ) : (
            <ul className="history">
              {items.map((each) => (
                <Attachment key={each.sha256} id={id} attachment={each} />
              ))}
            </ul>
          )
        }
      </Answered>
      {mayOperate && (
        <div className="row">
          <FileTrigger
            acceptedFileTypes={['.pdf', '.png', '.jpg', '.jpeg', '.xlsx', '.csv', '.txt']}
            onSelect={(files) => {
              const [file] = files ?? []
              if (file !== undefined) attaching.mutate(file)
            }}
          >
            <Button className="button" isDisabled={attaching.isPending}>
              {b.case.attach}
            </Button>
          </FileTrigger>
        </div>
      )}
      <FormProblem problem={attaching.error} />
    </Section>
  )
}

function Attachment({ id, attachment }: { readonly id: string; readonly attachment: Schemas['CaseAttachment'] }) {
  const b = useFinance()
  const { f } = useLanguage()
  const mayOperate = useMay('operate')
  const { name, type, bytes, sha256, by, at } = attachment
  const saving = useMutation({
    mutationFn: async () =>
      saveBytes(name, await bytesOf(`/api/differences/${encodeURIComponent(id)}/attachments/${sha256}`)),
  })
  return (
    <li>
      <span className="row">
        <b className="quote">{name}</b>
        {mayOperate && (
          <Button
            className="button small"
            aria-label={`${b.case.download} ${name}`}
            isDisabled={saving.isPending}
            onPress={() => saving.mutate()}
          >
            {b.case.download}
          </Button>
        )}
      </span>
      <span className="muted">
        {worded(b.words.attachments, type)} · {f.counted(bytes, b.units.bytes)} · <PersonName subject={by} />,{' '}
        {f.instant(at)}
      </span>
      <FormProblem problem={saving.error} />
    </li>
  )
}
