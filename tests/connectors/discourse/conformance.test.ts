import { discourse } from '../../../src-main/connectors/discourse/discourse.ts';
import { describeConformance } from '../conformance.ts';
import { startDiscourse } from './far.ts';

describeConformance('Discourse', { connector: discourse, verb: 'remove', start: startDiscourse });
