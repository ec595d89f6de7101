import { describeConformance } from '../conformance.ts';
import { webhookConformance } from './far.ts';

describeConformance('a signed webhook, Standard Webhooks', webhookConformance('standard'));
