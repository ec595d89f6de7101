import type { Prose } from '../prose.ts';

/** Held for a moderator before anyone sees them: mailing list and first posts. */
export const held: Prose = {
  open: [
    'Held: Re: Re: Re: {topic} – too many recipients',
    'Held: first post by a new member. “Hello, I bought {boat} and have no idea what the {gear} does.”',
    'Held: message of {nn} kB with an attachment to harbour-notices: minutes.pdf',
    'Held: Re: budget thread – implicit destination',
    'Held: sender is not subscribed. “Please take me off this list, I sold the boat.”',
    'Held: three links in a first post. “Look at these moorings, which would you take?”',
    'Held: subject is empty. “I’ll bring the {gear} on {day}. Wrong list?”',
    'Held: Fwd: Fwd: URGENT about {place} – forwarded {n} times',
    'Held: automatic reply. “I am at sea until {day} and read nothing.”',
    'Held: post edited {n} times in an hour. “Crew wanted for {boat}, {day}.”',
    'Held: matched “free” and “berth”. “Is there a free berth at {place} for one night?”',
    'Held: Re: {topic} – reply to a message older than a year',
    'Held: mentions {nn} members at once. “Everyone who signed up for {event}, please read.”',
    'Held: unusual script for this board. A greeting and a question about {place}.',
    'Held: newsletter of the sailing school, {n} pages, asks for {event} to be announced',
  ],
  more: ['The rest quotes the whole thread.', 'Signature of fourteen lines.', 'Sent from a ship’s terminal.'],
};

/** Members asking for a second look; the post in question was removed. */
export const appeal: Prose = {
  open: [
    'My post about {event} was removed as spam. It was the club’s own poster, I only scanned it. Please look again.',
    'I wrote “I’ll kill that {gear}” about a {gear}. It’s a machine. Could someone bring my post back?',
    'You muted me for harassment. {who} and I have joked like that for ten years, ask them.',
    'The link in my post goes to the tide office, not to a shop. It was taken down within minutes.',
    'I accept the warning, but the removed post held measurements that other people need. Could I have them back?',
    'Removed for privacy: the address I posted is the club’s own, it’s on the gate.',
    'I think my post about {boat} was mistaken for the wave of adverts on {day}. I’ve been a member for {n} years.',
    'My account was suspended while I was asleep and apparently posting. I’ve changed my password now.',
    'I was rude, yes. I have said sorry to {who} in person. Is there a way to restore the thread, not my post?',
    'Off-topic? It was a question about the {gear}, in {room}, which is for exactly that.',
    'The photo that was removed shows my own boat and my own feet.',
    'Third time I ask: which rule was it? I can’t do better if nobody tells me.',
  ],
  more: ['Thank you for looking.', 'I can send the original.', 'No hard feelings either way.', 'I’ll wait.'],
};

/** Reporters' comments in their own voices. */
export const comments = {
  spam: ['same text as in {room}', 'Obvious spam, joined today', 'third one this morning', 'clicked it so you don’t have to: shop', 'bot', 'the link leads somewhere else than it says', '', ''],
  wave: ['another of these', 'same link again', 'There’s a whole wave of them in {room}', 'spam wave, new account', 'identical to the one I reported before', '', ''],
  harassment: ['This is bullying.', 'He follows me into every thread.', 'I asked them to stop twice.', 'mean and personal', 'Not a discussion any more, just digging', 'Please look at the whole thread, not only this post', 'I don’t feel welcome here', 'ban him', 'Going after {who} again', ''],
  feud: ['He follows me into every thread.', 'Again, after the warning.', 'Same accusation as in spring, it was settled.', 'I don’t want to read this every time I post a rota', 'Pile-on.', 'This has gone on since the fund business', 'It’s about me and I’d like it to stop', 'ban him', ''],
  'off-topic': ['wrong board', 'Not about boats', 'Please move to #galley', 'third time this week', 'clutter', 'Has nothing to do with repairs', '', ''],
  misinformation: ['Dangerous advice, somebody will try it', 'Not true, I work there', 'old photo', 'made up', 'The office has denied this', 'please check before it spreads', ''],
  privacy: ['That’s a home address', 'She asked for it to be taken down', 'Private chat, posted without consent', 'my phone number is in there', 'That’s a child’s school', 'Please be quick with this one', 'doxing'],
  impersonation: ['Not the harbour office', 'This isn’t {who}, I called them', 'Fake profile, one letter different', 'asked me for money', 'Stolen picture', ''],
  'ban-evasion': ['It’s the same person again', 'Same boat, same spelling mistakes', 'suspended last week under another name', 'new account, old quarrel', ''],
  hate: ['This is about where people come from', 'not acceptable', 'my crew read this', 'Please take it down before {day}', 'hate', ''],
  'self-harm': ['I’m worried about them', 'Please can somebody reach out, not a complaint', 'Is anyone near their boat tonight?', 'Not for removal. For help.'],
  violence: ['That’s a threat', 'I know he means it as a joke. I don’t.', 'please keep a record of this', 'I’m afraid for my boat'],
  illegal: ['Undersized catch', 'stolen, surely', 'not legal and not smart', 'The office should know'],
  community: ['The whole board is like this', 'no moderation at all in there', 'Used for trading stolen outboards', 'please have a look at this group'],
  appeal: ['Appeal', 'Asks for a second look', 'Appeal against removal'],
  held: ['Held by the list', 'Held: first post', 'Held by a filter', 'Held for approval'],
  mistaken: ['I don’t agree with this review', 'think this is the wrong tide table?', 'Is this allowed?', 'I find this in poor taste', 'he sold me a bad {gear}', 'reported by accident, sorry', 'I don’t like seals', 'Too long', ''],
  malicious: ['spam', 'harassment!!', 'Ban this account', 'hate speech obviously', 'This member is a menace', 'breaks every rule', 'I demand removal', 'again this person'],
  any: ['', 'please check', 'Breaks the rules', '??', 'See for yourself'],
} as const;
