/**
 * Who may drop files: one role per channel and one for the bank, each for its own folder below `drop/` and for putting alone. A
 * sender's SFTP user (AWS Transfer Family) takes its role; what lies in another's folder is refused by functions/import-file as well.
 */
import { Aws } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { Stage } from '../stages.ts'
import { accept } from './accept.ts'
import type { FilesBucket } from './files-bucket.ts'
import { importedArn } from './permissions.ts'

export type FileSendersProps = { readonly files: FilesBucket; readonly senders: readonly string[] }

export class FileSenders extends Construct {
  constructor(scope: Construct, id: string, stage: Stage, { files: { bucket, key }, senders }: FileSendersProps) {
    super(scope, id)
    for (const sender of senders) {
      const role = new Role(this, `Sender-${sender}`, {
        roleName: `${stage.prefix}-drop-${sender}`,
        description: `May put files into drop/${sender}/`,
        assumedBy: new ServicePrincipal('transfer.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      })
      const resources = [bucket.arnForObjects(`drop/${sender}/*`)]
      role.addToPolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources }))
      role.addToPolicy(new PolicyStatement({ actions: ['kms:GenerateDataKey'], resources: [key.keyArn] }))
      accept(
        role,
        `AwsSolutions-IAM5[Resource::${importedArn(bucket)}/drop/${sender}/*]`,
        'Files are named by their sender; the role may put into its own folder of this one bucket.',
      )
    }
  }
}
