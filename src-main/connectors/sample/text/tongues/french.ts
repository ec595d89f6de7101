import type { Tongue } from '../prose.ts';

export const french: Tongue = {
  code: 'fr',
  words: {
    boat: ['Hirondelle', 'Petit Large', 'Belle Marée', 'Sans Souci', 'Goéland', 'Mistigri', 'L’Embellie', 'Bigorneau'],
    place: ['au ponton nord', 'sur la cale', 'au vieux quai', 'près de la grue', 'à la capitainerie', 'au chantier', 'devant l’écluse', 'à la pompe'],
    day: ['lundi', 'mardi', 'jeudi', 'vendredi', 'samedi', 'dimanche', 'le jour de la régate'],
    gear: ['la pompe de cale', 'le guindeau', 'le safran', 'le sondeur', 'le hors-bord', 'la capote', 'le filtre à gasoil', 'la drisse'],
  },
  names: ['Maëlle', 'Erwan', 'Solène', 'Gaspard', 'Anouk', 'Loïc', 'Capucine', 'Yann', 'Margaux', 'Titouan', 'Hélène', 'Basile'],
  scenes: {
    talk: {
      open: [
        'Quelqu’un a déjà démonté {gear} sans y laisser un doigt\u00a0? [On me demande {price}, je préfère apprendre.|Le manuel dit «\u00a0il suffit de\u00a0».]',
        '«\u00a0{boat}\u00a0» sort de l’eau {day}. [Il manque deux bras.|Crêpes pour tout le monde.]',
        'Trouvé {place}\u00a0: une rame et une botte gauche. À réclamer au bureau.',
        'Cherche équipier pour {day}, départ {place}. Débutants bienvenus.',
        'Merci aux {nn} personnes venues {day}, c’était superbe malgré la pluie.',
        'Mon avis sur le port à sec\u00a0: cher, mais on y dort bien.',
        'Quelle peinture pour la coque cette année\u00a0? J’ai lu tout et son contraire.',
      ],
      more: ['Merci d’avance.', 'Rien ne presse.', 'Photos à venir.', 'Bon vent\u00a0!'],
    },
    harassment: {
      open: [
        'Encore toi. [Personne ne t’a rien demandé.|Retourne faire du pédalo.]',
        'Chaque fois que tu écris, tout le ponton rigole. Continue, surtout.',
        'Je répondrai à chacun de tes messages jusqu’à ce que tu partes.',
        'Ne viens pas {day}, personne ne prendra tes amarres.',
        'Tu fais honte au port, toi et ta barcasse. Tout le monde le pense {place}.',
      ],
      more: ['Va donc pleurer chez les modérateurs.', 'Troisième fois que je le dis.'],
    },
    spam: {
      open: [
        'Gagnez {price} par jour depuis votre couchette, sans bateau, écrivez-moi vite 🔥',
        'Permis bateau sans examen, livré en {n} jours, tous les ports',
        'Crédit accepté en dix minutes pour propriétaires de bateaux, sans justificatif',
      ],
      more: ['Offre valable jusqu’à {day}\u00a0!', 'Personnes sérieuses uniquement.'],
    },
    'off-topic': {
      open: [
        'Vous avez vu le match {day}\u00a0? Je ne m’en remets pas.',
        'Vends canapé trois places, {price}. Aucun rapport avec la mer.',
        'Ma recette de ratatouille, épisode {n}, toujours dans le mauvais salon',
        'Qui connaît un bon dentiste dans les terres\u00a0?',
      ],
    },
    misinformation: {
      open: [
        'Un ami de la capitainerie me dit que le port ferme {day}. Ils cachent tout.',
        'Le gilet ne sert à rien sous douze mètres, c’est de la physique.',
        'L’annuaire des marées est faux toute l’année, ajoutez une heure.',
      ],
      more: ['Partagez avant suppression.'],
    },
    privacy: {
      open: [
        'Puisqu’il ne répond pas\u00a0: il habite {nn} rue du Cabestan, porte bleue.',
        'Voici toute notre conversation privée, noms compris. Jugez vous-mêmes.',
      ],
    },
    appeal: { open: ['Mon message sur {gear} a été retiré comme publicité. C’était un don. Pourriez-vous revoir\u00a0?'] },
    held: { open: ['En attente\u00a0: premier message. «\u00a0Bonjour, nous avons acheté {boat}, par où commencer\u00a0?\u00a0»'] },
  },
  replies: ['On peut rester courtois\u00a0?', 'J’y étais, ça ne s’est pas passé comme ça.', 'Un modérateur peut passer\u00a0?', 'Revenons à {gear}.'],
  comments: {
    any: ['à vérifier svp', 'pas à sa place', 'encore', ''],
    harassment: ['Il la suit de fil en fil.', 'C’est personnel et méchant.'],
    spam: ['publicité, compte d’hier', 'même texte partout'],
  },
};
