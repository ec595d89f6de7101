import { describeConformance } from '../conformance.ts';
import { webhookConformance } from './far.ts';

describeConformance('a signed webhook, HMAC of the body', webhookConformance('hmac'));
