import { mailman } from '../../../src-main/connectors/mailman/mailman.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Mailman', { connector: mailman, verb: 'dismiss', start: startFar });
