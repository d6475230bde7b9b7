/** Asks before something happens that cannot be undone. */

import type { ReactNode } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'

export function Confirm({
  title,
  children,
  action,
  isPending = false,
  onConfirm,
  onClose,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action: string
  readonly isPending?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const { t } = useLanguage()
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="modal">
        <Dialog role="alertdialog" className="dialog">
          <Heading slot="title">{title}</Heading>
          {children}
          <div className="dialog-actions">
            <Button className="button" onPress={onClose}>
              {t.form.cancel}
            </Button>
            <Button className="button primary" isDisabled={isPending} onPress={onConfirm}>
              {action}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
