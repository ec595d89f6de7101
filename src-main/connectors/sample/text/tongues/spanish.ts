import type { Tongue } from '../prose.ts';

export const spanish: Tongue = {
  code: 'es',
  words: {
    boat: ['Gaviota', 'Buen Viento', 'La Paciencia', 'Marejada', 'Lucero', 'Doña Sal', 'Caracola', 'Brisa Chica'],
    place: ['en el pantalán norte', 'en la rampa', 'en el muelle viejo', 'junto a la grúa', 'en la oficina del puerto', 'en el varadero', 'frente a la esclusa', 'en la gasolinera del puerto'],
    day: ['el lunes', 'el martes', 'el jueves', 'el viernes', 'el sábado', 'el domingo', 'el día de la regata'],
    gear: ['la bomba de achique', 'el molinete', 'el timón', 'la sonda', 'el fueraborda', 'la capota', 'el filtro de gasoil', 'la driza'],
  },
  names: ['Nuria', 'Iker', 'Candela', 'Anxo', 'Marisol', 'Teo', 'Leire', 'Gonzalo', 'Aitana', 'Fermín', 'Pilar', 'Unai'],
  scenes: {
    talk: {
      open: [
        '¿Alguien ha cambiado {gear} este año? [A mí me piden {price} y me parece una barbaridad.|Acepto consejos y consuelo.]',
        'Sacamos el «{boat}» {day}. [Faltan dos pares de manos.|Habrá tortilla.]',
        'He encontrado un remo {place}. Está en la oficina.',
        'Busco tripulación para {day}, salida {place}. No hace falta experiencia.',
        'Gracias a todos los que vinieron {day}. Éramos {nn} y sobró arroz.',
        'Mi opinión sobre el amarre de invierno: caro, húmedo y lleno de buena gente.',
        '¿Cómo quitáis el verdín sin dejar la cubierta como una lija?',
      ],
      more: ['Gracias de antemano.', 'Sin prisa.', 'Luego subo fotos.', 'Nos vemos {place}.'],
    },
    harassment: {
      open: [
        'Otra vez tú. [Nadie te ha preguntado nada.|Vuelve al río.]',
        'Cada vez que escribes, nos reímos todos {place}. Sigue, por favor.',
        'Voy a contestar a todo lo que publiques hasta que te vayas.',
        'Das vergüenza ajena, tú y tu barco. Y lo sabes.',
        'No te presentes {day}. Nadie te va a coger los cabos.',
      ],
      more: ['Y no vayas a llorar a los moderadores.', 'Pregunta a cualquiera.'],
    },
    spam: {
      open: [
        'Gana {price} al día desde tu litera, sin barco, sin jefe. Escríbeme ya 🔥',
        'Título de patrón sin examen, entrega en {n} días, todos los puertos',
        'Préstamos para navegantes aprobados en diez minutos, sin papeles',
      ],
      more: ['¡Solo hasta {day}!', 'Gente seria 🙏'],
    },
    'off-topic': {
      open: [
        '¿Visteis el partido {day}? Todavía estoy afónico.',
        'Vendo un sofá. No es de barco. Es un sofá normal, {price}.',
        'Abro otro hilo de política porque cerraron el anterior, a ver cuánto dura',
        'Necesito un buen dentista y sois la gente más leída que conozco',
      ],
    },
    misinformation: {
      open: [
        'Un amigo de la capitanía me dice que cierran el puerto {day}. No lo van a publicar.',
        'El chaleco es un negocio. Con la ropa seca no te hundes, está demostrado.',
        'La tabla de mareas está mal todo el año, sumadle una hora y listo.',
      ],
      more: ['Difundid antes de que lo borren.'],
    },
    privacy: {
      open: [
        'Ya que no contesta: vive en la calle del Ancla {nn}, puerta azul. Preguntadle allí.',
        'Os pego aquí nuestra conversación privada entera, con nombres.',
      ],
    },
    impersonation: { open: ['Cuenta oficial de la oficina del puerto. Ingresen la cuota en el número nuevo de mi perfil.', 'Soy Candela, mi otra cuenta ya no funciona, ¿me prestas {price} hasta {day}?'] },
    appeal: { open: ['Borraron mi aviso sobre {gear} como si fuera publicidad. Era un regalo. ¿Pueden mirarlo otra vez?'] },
  },
  replies: ['Eso sobra.', 'Por favor, volvamos a hablar de barcos.', 'Que lo mire alguien de moderación.', 'Yo estaba allí y no fue así.'],
  comments: {
    any: ['por favor, mirad esto', 'no va aquí', 'otra vez lo mismo', ''],
    harassment: ['La persigue por todos los hilos.', 'Es acoso.'],
    spam: ['cuenta nueva, publicidad', 'el mismo texto de antes'],
  },
};
