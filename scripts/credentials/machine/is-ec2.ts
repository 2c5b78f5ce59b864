import { join } from 'node:path';
import { readTextFile } from '../read-text-file';

/** What the firmware says of who made this machine: Nitro instances, and Xen ones in their version. */
const marks = [['id/sys_vendor', /^Amazon EC2$/], ['id/bios_vendor', /^Amazon EC2$/], ['id/bios_version', /amazon/i]] as const;

/**
 * Whether this machine is an EC2 instance, from files alone: elsewhere the metadata service would be waited for in vain.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html
 */
export function isEc2(dmi: string): boolean {
  return marks.some(([name, pattern]) => {
    const file = readTextFile(join(dmi, name));
    return file.kind === 'text' && pattern.test(file.text.trim());
  });
}
