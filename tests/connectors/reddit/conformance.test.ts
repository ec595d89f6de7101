import { reddit } from '../../../src-main/connectors/reddit/reddit.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

// A listing ends after 1,000 entries. The long pull's 3,300 are over four subreddits, posts and comments: read apart, all of them are reached.
describeConformance('Reddit', { connector: reddit, verb: 'dismiss', start: startFar });
