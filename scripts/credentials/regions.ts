/** The regions that AWS names today, by partition. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const regionsOfPartitions = {
  aws: [
    'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-1', 'ap-south-2',
    'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3',
    'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1',
    'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'mx-central-1', 'sa-east-1',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-eusc': ['eusc-de-east-1'],
  'aws-iso': ['us-iso-east-1', 'us-iso-west-1'],
  'aws-iso-b': ['us-isob-east-1', 'us-isob-west-1'],
  'aws-iso-e': ['eu-isoe-west-1'],
  'aws-iso-f': ['us-isof-east-1', 'us-isof-south-1'],
} as const;

/** The same of all partitions. */
export const knownRegions: readonly string[] = Object.values(regionsOfPartitions).flat();

/** What names of regions look like, as the SDK's partitions.json has it; AWS opens new ones. */
export const regionPattern = /^(?:(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+|cn-\w+-\d+|us-gov-\w+-\d+|eusc-de-\w+-\d+|us-iso[bf]?-\w+-\d+|eu-isoe-\w+-\d+)$/;

const prefixes = [['cn-', 'aws-cn'], ['us-gov-', 'aws-us-gov'], ['eusc-', 'aws-eusc'], ['us-isob-', 'aws-iso-b'], ['us-isof-', 'aws-iso-f'], ['us-iso-', 'aws-iso'], ['eu-isoe-', 'aws-iso-e']] as const;

/** The partition that a region is of, by its name alone. */
export function partitionOfRegion(region: string): string {
  return prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** The region whose STS answers for a whole partition, where nothing else names one. */
export function homeRegion(partition: string): string {
  const [first] = Object.hasOwn(regionsOfPartitions, partition) ? regionsOfPartitions[partition as keyof typeof regionsOfPartitions] : [];
  return first ?? 'us-east-1';
}
