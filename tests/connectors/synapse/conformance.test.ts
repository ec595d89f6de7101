import { synapse } from '../../../src-main/connectors/synapse/synapse.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Synapse', { connector: synapse, verb: 'dismiss', start: startFar });
