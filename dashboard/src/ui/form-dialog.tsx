/** Asks for something before it is done, a reason above all: fields in a dialog, what was wrong with sending them, cancel and do. */
import type { ReactNode } from 'react'
import { Button, Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import { FormProblem } from './state.tsx'

export function FormDialog({
  title,
  lead,
  action,
  isPending,
  problem,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string
  readonly lead: ReactNode
  readonly action: string
  readonly isPending: boolean
  readonly problem: unknown
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useLanguage()
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
              onSubmit()
            }}
          >
            {children}
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
