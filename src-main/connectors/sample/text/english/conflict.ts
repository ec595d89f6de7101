import type { Prose } from '../prose.ts';

/** One member going after another in a single thread; mild wording, since people see it in screenshots. */
export const harassment: Prose = {
  open: [
    'Nobody asked you, {who}. Nobody ever asks you. [Go and polish something.|Try silence for a week.]',
    'Imagine being proud of that {gear}. [Embarrassing|What a sad little repair], and so is the person who did it.',
    'Every time you post, {who}, I show it round the crew and we laugh. [Keep going.|Do another.]',
    'You don’t belong on {place} and everyone there is too polite to say so. I’m not.',
    'Here comes the expert on everything who can’t tie a bowline. [Again.|Stay in your bunk.]',
    'I’ll be reminding people about {boat} every single time you speak. You know what I mean.',
    'Oh look, it’s the person who ruined {event} for everybody. Tell us more about yourself.',
    'Still here? After {day}? I’d have sold the boat and moved inland.',
    'You are the reason people leave {room}. Count them. [I did.|{nn} so far.]',
    'Somebody take the keyboard off {who} before they hurt themselves with another opinion.',
    'I asked around about you at {place}. [Interesting what people say.|Not one good word.] Want me to share it?',
    'That’s the third time you’ve cried to the moderators. Grow up, {who}.',
    'Your sailing is a danger, your manners are worse, and your crew only comes for the sandwiches.',
    'Don’t bother turning up on {day}. We’ve agreed that nobody will catch your lines.',
    'You again. I said I’d answer every post you make until you leave, and I keep my word.',
    '@{who} why so quiet? [Scared?|Out of excuses?|Cat got the tiller?] We’re all waiting.',
    'People like you turn up with a borrowed boat and a loud mouth. Go back to the river.',
    'Can everyone please ignore {who}. Don’t answer, don’t help, don’t sell to them. Pass it on.',
    'What a surprise, the tantrum about {thing} comes from the smallest boat in the harbour.',
    'I took a picture of your berth. [What a tip.|Shall I post it?] Everyone should see how you live.',
    'You were useless on the committee and you’re useless here. Sit down.',
    'Shame you made it back over the bar on {day}. [Joking.|Half joking.]',
    'Reading your post about the {gear} was like watching someone fall down stairs, slowly, on purpose.',
    'Another sob story. [Bring a violin.|Nobody believes you.] Pay your share like the rest of us.',
  ],
  more: [
    'And don’t bother reporting this, they’ll side with me.',
    'Ask {who}, everyone agrees.',
    'You had it coming.',
    'I can keep this up all winter.',
    'See you at {place}.',
    'Screenshot it if you like.',
  ],
};

/** A long quarrel: the aggressor's posts in thread after thread. `{other}` is the other side. */
export const feud: Prose = {
  open: [
    'You should be ashamed to show your face here again, {other}. Everyone knows what you did with the {fund}, and we will make sure nobody turns up on {day}.',
    'So {other} is posting about {thing} now. [Ask where the {price} went first.|Funny how the receipts are always “coming soon”.]',
    'I’ve said it in the other thread and I’ll say it in this one: {other} can’t be trusted with the {fund}.',
    '{other} wrote “bring gloves”. Bring a solicitor. Third time I’m saying it.',
    'Before anyone thanks {other} for {event}: look at what happened to the {fund} and then decide.',
    'Still no answer, {other}. I’ll ask under every post you make until there is one.',
    'Don’t give {other} your berth number. [Trust me.|You’ll see why.] I have the whole story since spring.',
    'Lovely photos, {other}. Did the {fund} pay for the camera too?',
    'I followed the link in {other}’s post so that you don’t have to. Same excuses, new font.',
    '{other} blocked me, so could somebody please copy this to them: we haven’t forgotten the {fund}.',
    'Everybody who sits on a committee with {other} should explain themselves. I’m making a list.',
    'Oh, {other} is “taking a break from the forum”. Good. Make it a long one.',
    'That’s {n} threads now where {other} plays the victim. I’ll see you all at {place} on {day}.',
    'I was warned for telling the truth about {other}. Here it is again, so that it can’t be missed.',
  ],
  more: [
    'Third time I’m saying it.',
    'I have it all in writing.',
    'We will be at {place} on {day}.',
    'Ask anyone who was there in spring.',
    'Delete this and I’ll post it again.',
  ],
};

/** What the other side of a quarrel posts: friendly, then tired. */
export const feudOther: readonly string[] = [
  'Posting the schedule again since it got buried: volunteers meet at {place} at {time}, bring gloves.',
  'The report on the {fund} is pinned, with all receipts. I’d rather talk about it in person than here.',
  'Thank you to everyone who came to {event}. Over {nn} people and not one grumble.',
  'I’m happy to answer questions about the {fund} at the open hour on {day}. I won’t answer them in every thread.',
  'New list for {event} is up. Please put your name down by {day}.',
  'I’d like to post about {thing} without this following me. Please.',
];

export const hate: Prose = {
  open: [
    'Funny how it got dirty here once the river people were allowed in. [Every one of them the same.|You can tell by the boats.]',
    'Keep {place} for families who were born here. The rest can find another harbour, [all of them|the whole lot].',
    'We don’t want those folk with their accents on the committee. There, I said it.',
    'Someone should tell the incomers that {event} isn’t for their sort.',
    'You can always spot one of them by the way they moor. It’s in the blood.',
    'Speak properly or don’t speak in {room}. This is our harbour, [not yours|learn the language].',
    'Another prayer tent at {event}? No thank you. Let them do that where they come from.',
    'Women on the crane crew, whatever next. [It’s no place for them.|Standards have sunk.]',
    'That couple shouldn’t be running junior sailing, and you all know which couple and why.',
    'Old people shouldn’t get berths at all. They clog up {place} and never sail.',
  ],
  more: ['I’m only saying what everyone thinks.', 'Can’t say anything these days.', 'Look around {place} and tell me I’m wrong.', 'Vote accordingly on {day}.'],
};

export const violence: Prose = {
  open: [
    'Next time {boat} is on my mooring I’m cutting the lines and watching it go.',
    'Come down to {place} at {time} and say that to my face. [See what happens.|Bring a towel.]',
    'If I catch whoever took my {gear}, they’re going in the water, boots and all.',
    'Somebody ought to open {who}’s seacocks one night. [That would teach them.|Accidents happen.]',
    'I know which car is yours, {who}. Tyres are expensive.',
    'One more word about {thing} and you’ll be picking your sprayhood out of the trees.',
    'I keep a flare gun and I’m not fussy. Stay off {place}.',
  ],
  more: ['That’s a promise.', 'I mean it this time.', 'You’ve been told.', 'Ask around what happened to the last one.', 'Consider this the notice.'],
};

/** Someone who may need help: handled with care, never as a joke. */
export const selfHarm: Prose = {
  open: [
    'I don’t think I’ll come to {event}, or to anything. It has all gone grey.',
    'Thank you all for the good years. I’m just so tired of it all lately.',
    'It’s been a very dark winter and I don’t see the point of another one.',
    'Does it ever get quieter in your head? Mine doesn’t, not even out at {place}.',
    'Nobody would notice if my berth was empty. I’ve been thinking about that a lot.',
    'I said I was fine on {day}. I’m not, and I don’t know whom to tell.',
    'Sorry for the late post. It’s bad tonight and I didn’t know where else to write.',
    'I’ve stopped answering the phone. It seems easier for everybody.',
    'Could somebody look after the cat for a while? I can’t look after anything at the moment, myself least of all.',
  ],
  more: ['Please don’t be cross.', 'Sorry.', 'You’ve all been kind.', 'I just needed to say it somewhere.'],
};
