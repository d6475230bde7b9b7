/** Asks for the reason before somebody is locked out or let in again. */
import { type ReactNode, useState } from 'react'
import { Button, Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import { useLockTexts } from '../i18n/use-lock-texts.ts'
import { TextInput } from '../ui/fields.tsx'
import { FormProblem } from '../ui/state.tsx'

/** As long as the API takes one. */
const REASON_LENGTH = 140

export function AskReason({
  title,
  lead,
  action,
  isPending,
  problem,
  onReason,
  onClose,
}: {
  readonly title: string
  readonly lead: ReactNode
  readonly action: string
  readonly isPending: boolean
  readonly problem: unknown
  readonly onReason: (reason: string) => void
  readonly onClose: () => void
}) {
  const { t } = useLanguage()
  const w = useLockTexts()
  const [reason, setReason] = useState('')
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{title}</Heading>
          <p className="muted">{lead}</p>
          <Form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              onReason(reason.trim())
            }}
          >
            <TextInput
              label={w.why}
              hint={w.whyHint}
              value={reason}
              onChange={setReason}
              maxLength={REASON_LENGTH}
              required
              autoFocus
            />
            <FormProblem problem={problem} />
            <div className="dialog-actions">
              <Button className="button" onPress={onClose}>
                {t.form.cancel}
              </Button>
              <Button type="submit" className="button primary" isDisabled={isPending}>
                {action}
              </Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
