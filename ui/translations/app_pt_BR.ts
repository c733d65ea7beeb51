<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
  <context>
    <name>Attestation</name>
    <message>
      <source>Your name</source>
      <translation>Seu nome</translation>
    </message>
    <message>
      <source>I have seen to it that no %1 is in any frame.</source>
      <translation>Eu me certifiquei de que %1 não está em nenhum quadro.</translation>
    </message>
    <message>
      <source>Yes, so it is</source>
      <translation>Sim, é assim</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>Ainda não</translation>
    </message>
  </context>
  <context>
    <name>Bench</name>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Escuro</translation>
    </message>
    <message>
      <source>Change between the dark and the light look</source>
      <translation>Alternar entre a aparência escura e a clara</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>nenhuma ainda</translation>
    </message>
    <message>
      <source>Recipes</source>
      <translation>Receitas</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Gravar</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>Anotar</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Treinar</translation>
    </message>
    <message>
      <source>Validate</source>
      <translation>Validar</translation>
    </message>
    <message>
      <source>Station</source>
      <translation>Estação</translation>
    </message>
  </context>
  <context>
    <name>Board</name>
    <message>
      <source>The frame before</source>
      <translation>O quadro anterior</translation>
    </message>
    <message>
      <source>The next frame</source>
      <translation>O próximo quadro</translation>
    </message>
    <message>
      <source>There is no other frame of these on that side.</source>
      <translation>Não há outro quadro destes desse lado.</translation>
    </message>
    <message>
      <source>All other frames of this recording are done.</source>
      <translation>Todos os outros quadros desta gravação estão prontos.</translation>
    </message>
    <message>
      <source>Rejected. Draw what is there with W, or press E where there is none.</source>
      <translation>Rejeitado. Desenhe com W o que há, ou pressione E onde não há nada.</translation>
    </message>
    <message>
      <source>Nobody has said yet where it is: draw its box with W.</source>
      <translation>Ninguém disse ainda onde está: desenhe a caixa com W.</translation>
    </message>
    <message>
      <source>This is the last frame.</source>
      <translation>Este é o último quadro.</translation>
    </message>
    <message>
      <source>Everything is saved as you go.</source>
      <translation>Tudo é salvo enquanto você trabalha.</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>The camera keeps this from ending. Unplug it, or close the program.</source>
      <translation>A câmera não deixa isto terminar. Desconecte-a, ou feche o programa.</translation>
    </message>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Uma falha no programa parou isto (%1). Os detalhes estão no registro.</translation>
    </message>
  </context>
  <context>
    <name>CameraBar</name>
    <message>
      <source>Camera</source>
      <translation>Câmera</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Ajustes</translation>
    </message>
    <message>
      <source>Exposure, gain, white balance, focus, size and rate</source>
      <translation>Exposição, ganho, balanço de branco, foco, tamanho e taxa</translation>
    </message>
  </context>
  <context>
    <name>CameraChoice</name>
    <message>
      <source>%1, serial %2</source>
      <translation>%1, série %2</translation>
    </message>
    <message>
      <source>Simulator</source>
      <translation>Simulador</translation>
    </message>
  </context>
  <context>
    <name>CameraSettings</name>
    <message>
      <source>Width in pixels</source>
      <translation>Largura em pixels</translation>
    </message>
    <message>
      <source>Height in pixels</source>
      <translation>Altura em pixels</translation>
    </message>
    <message>
      <source>Frames per second</source>
      <translation>Quadros por segundo</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Exposição</translation>
    </message>
    <message>
      <source>Gain</source>
      <translation>Ganho</translation>
    </message>
    <message>
      <source>Focus</source>
      <translation>Foco</translation>
    </message>
    <message>
      <source>White balance</source>
      <translation>Balanço de branco</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Vermelho</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Azul</translation>
    </message>
    <message>
      <source>This source has no settings.</source>
      <translation>Esta fonte não tem ajustes.</translation>
    </message>
    <message>
      <source>Set</source>
      <translation>Definir</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>Asked for</source>
      <translation>Pedido</translation>
    </message>
    <message>
      <source>As the camera says</source>
      <translation>Segundo a câmera</translation>
    </message>
    <message>
      <source>as it is</source>
      <translation>como está</translation>
    </message>
    <message>
      <source>not taken: %1</source>
      <translation>não aceito: %1</translation>
    </message>
  </context>
  <context>
    <name>CardHead</name>
    <message>
      <source>%1 expected</source>
      <translation>%1 esperado(s)</translation>
    </message>
    <message>
      <source>must not be there</source>
      <translation>não pode estar presente</translation>
    </message>
    <message>
      <source>%1 passes</source>
      <translation>%1 passa</translation>
    </message>
    <message>
      <source>%1 fails</source>
      <translation>%1 reprova</translation>
    </message>
    <message>
      <source>in its region</source>
      <translation>em sua região</translation>
    </message>
    <message>
      <source>anywhere</source>
      <translation>em qualquer lugar</translation>
    </message>
  </context>
  <context>
    <name>Cards</name>
    <message>
      <source>%2 expected</source>
      <translation>%2 esperado(s)</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
  </context>
  <context>
    <name>ClaimBar</name>
    <message>
      <source>Component</source>
      <translation>Componente</translation>
    </message>
  </context>
  <context>
    <name>ClaimLook</name>
    <message>
      <source>only what looks like the %1</source>
      <translation>só o que se parece com: %1</translation>
    </message>
    <message>
      <source>Lookalike</source>
      <translation>Sósia</translation>
    </message>
    <message>
      <source>LOOKALIKE</source>
      <translation>SÓSIA</translation>
    </message>
    <message>
      <source>as it should be</source>
      <translation>como deve ser</translation>
    </message>
    <message>
      <source>as it must not be</source>
      <translation>como não deve ser</translation>
    </message>
    <message>
      <source>with the %1</source>
      <translation>com: %1</translation>
    </message>
    <message>
      <source>Positive</source>
      <translation>Positivo</translation>
    </message>
    <message>
      <source>POSITIVE</source>
      <translation>POSITIVO</translation>
    </message>
    <message>
      <source>without the %1</source>
      <translation>sem: %1</translation>
    </message>
    <message>
      <source>Negative</source>
      <translation>Negativo</translation>
    </message>
    <message>
      <source>NEGATIVE</source>
      <translation>NEGATIVO</translation>
    </message>
  </context>
  <context>
    <name>Coach</name>
    <message>
      <source>The picture is dark: check the light and the lens cap.</source>
      <translation>A imagem está escura: verifique a luz e a tampa da lente.</translation>
    </message>
    <message>
      <source>The picture is dim: add light, or lengthen the exposure.</source>
      <translation>A imagem está fraca: aumente a luz, ou alongue a exposição.</translation>
    </message>
    <message>
      <source>The picture is blown out: shorten the exposure or dim the light.</source>
      <translation>A imagem está estourada: encurte a exposição ou diminua a luz.</translation>
    </message>
    <message>
      <source>A part of the picture is blown out: tilt the lamp or the product, or shorten the exposure.</source>
      <translation>Uma parte da imagem está estourada: incline a lâmpada ou o produto, ou encurte a exposição.</translation>
    </message>
    <message>
      <source>The picture is blurred: move slower, or look after the focus.</source>
      <translation>A imagem está borrada: mova mais devagar, ou verifique o foco.</translation>
    </message>
    <message>
      <source>Enough: nothing new comes any more.</source>
      <translation>Suficiente: nada de novo aparece mais.</translation>
    </message>
    <message>
      <source>Nothing new: move and turn the product a little, and shade the light with a hand.</source>
      <translation>Nada de novo: mova e gire um pouco o produto, e faça sombra na luz com a mão.</translation>
    </message>
    <message>
      <source>Let it rest now and then: the station judges what rests.</source>
      <translation>Deixe-o em repouso de vez em quando: a estação julga o que está parado.</translation>
    </message>
    <message>
      <source>too dark</source>
      <translation>escura demais</translation>
    </message>
    <message>
      <source>blown out</source>
      <translation>estourada</translation>
    </message>
    <message>
      <source>blurred</source>
      <translation>borrada</translation>
    </message>
    <message>
      <source>the empty place</source>
      <translation>o lugar vazio</translation>
    </message>
    <message>
      <source>another variant</source>
      <translation>outra variante</translation>
    </message>
    <message>
      <source>the component half seated</source>
      <translation>o componente encaixado pela metade</translation>
    </message>
    <message>
      <source>a hand or a tool in its place</source>
      <translation>uma mão ou uma ferramenta em seu lugar</translation>
    </message>
  </context>
  <context>
    <name>Command</name>
    <message>
      <source>It was ended from outside, or the memory did not suffice. What was kept is kept.</source>
      <translation>Foi encerrado de fora, ou a memória não bastou. O que foi salvo continua salvo.</translation>
    </message>
    <message>
      <source>It could not be started: %1</source>
      <translation>Não foi possível iniciar: %1</translation>
    </message>
  </context>
  <context>
    <name>Comparison</name>
    <message>
      <source>The bundles of this recipe</source>
      <translation>Os pacotes desta receita</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Feito</translation>
    </message>
    <message>
      <source>At the station</source>
      <translation>Na estação</translation>
    </message>
    <message>
      <source>How</source>
      <translation>Como</translation>
    </message>
    <message>
      <source>Taught by</source>
      <translation>Ensinado por</translation>
    </message>
    <message>
      <source>Negatives</source>
      <translation>Negativos</translation>
    </message>
    <message>
      <source>Counts from</source>
      <translation>Conta a partir de</translation>
    </message>
    <message>
      <source>Never seen before</source>
      <translation>Nunca vistos antes</translation>
    </message>
    <message>
      <source>Validate again</source>
      <translation>Validar de novo</translation>
    </message>
    <message>
      <source>Validate</source>
      <translation>Validar</translation>
    </message>
    <message>
      <source>Go back to the one before</source>
      <translation>Voltar ao anterior</translation>
    </message>
    <message>
      <source>Use at the station</source>
      <translation>Usar na estação</translation>
    </message>
    <message>
      <source>in use</source>
      <translation>em uso</translation>
    </message>
    <message>
      <source>the one before</source>
      <translation>o anterior</translation>
    </message>
    <message>
      <source>not in use</source>
      <translation>fora de uso</translation>
    </message>
    <message>
      <source>quick</source>
      <translation>rápido</translation>
    </message>
    <message>
      <source>standard</source>
      <translation>padrão</translation>
    </message>
    <message>
      <source>thorough</source>
      <translation>minucioso</translation>
    </message>
    <message>
      <source>steps</source>
      <translation>passos</translation>
    </message>
    <message>
      <source>ended early</source>
      <translation>encerrado antes</translation>
    </message>
    <message>
      <source>%1 with boxes</source>
      <translation>%1 com caixas</translation>
    </message>
    <message>
      <source>%1 verified empty</source>
      <translation>%1 verificados vazios</translation>
    </message>
    <message>
      <source>%1 empty places taught</source>
      <translation>%1 lugares vazios ensinaram</translation>
    </message>
    <message>
      <source>nobody looked for what fools it</source>
      <translation>ninguém procurou o que o engana</translation>
    </message>
    <message>
      <source>seen on %1 empty frames: %2</source>
      <translation>visto em %1 quadros vazios: %2</translation>
    </message>
    <message>
      <source>rounds with what fooled it: %1</source>
      <translation>rodadas com o que o enganou: %1</translation>
    </message>
    <message>
      <source>not validated yet</source>
      <translation>ainda não validado</translation>
    </message>
    <message>
      <source>%1 of %2 bad passed</source>
      <translation>%1 de %2 ruins passaram</translation>
    </message>
    <message>
      <source>%1 of %2 good rejected</source>
      <translation>%1 de %2 bons rejeitados</translation>
    </message>
  </context>
  <context>
    <name>Complaints</name>
    <message>
      <source>Something in the program went wrong (%1). The rest goes on. Details: %2</source>
      <translation>Algo no programa deu errado (%1). O resto continua. Detalhes: %2</translation>
    </message>
  </context>
  <context>
    <name>ComponentCard</name>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Detection</source>
      <translation>Detecção</translation>
    </message>
    <message>
      <source>Detection + classification</source>
      <translation>Detecção + classificação</translation>
    </message>
    <message>
      <source>How it is judged</source>
      <translation>Como é julgado</translation>
    </message>
    <message>
      <source>How many</source>
      <translation>Quantos</translation>
    </message>
    <message>
      <source>chosen by training</source>
      <translation>escolhido pelo treino</translation>
    </message>
    <message>
      <source>The least score that counts, between 0 and 1</source>
      <translation>A menor pontuação que conta, entre 0 e 1</translation>
    </message>
    <message>
      <source>Threshold</source>
      <translation>Limiar</translation>
    </message>
    <message>
      <source>May lie mirrored or at any quarter turn</source>
      <translation>Pode estar espelhado ou girado em quartos de volta</translation>
    </message>
    <message>
      <source>Patterns</source>
      <translation>Padrões</translation>
    </message>
    <message>
      <source>Draw</source>
      <translation>Desenhar</translation>
    </message>
    <message>
      <source>It may be anywhere</source>
      <translation>Pode estar em qualquer lugar</translation>
    </message>
    <message>
      <source>Region</source>
      <translation>Região</translation>
    </message>
    <message>
      <source>Add a pattern</source>
      <translation>Adicionar um padrão</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mais</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Mover para cima</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Mover para baixo</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Remover</translation>
    </message>
    <message>
      <source>It must not be there</source>
      <translation>Não pode estar presente</translation>
    </message>
    <message>
      <source>Can be anywhere, and is there or not.</source>
      <translation>Pode estar em qualquer lugar, e está ou não está.</translation>
    </message>
    <message>
      <source>Has looks that pass and looks that fail.</source>
      <translation>Tem aparências que passam e aparências que reprovam.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Mostrar</translation>
    </message>
    <message>
      <source>Anywhere in the picture</source>
      <translation>Em qualquer lugar da imagem</translation>
    </message>
  </context>
  <context>
    <name>Contradiction</name>
    <message>
      <source>It is there</source>
      <translation>Está ali</translation>
    </message>
    <message>
      <source>It is not</source>
      <translation>Não está</translation>
    </message>
    <message>
      <source>This recording should be without “%1”, yet something here looks like it. Is it there?</source>
      <translation>Esta gravação deve estar sem “%1”, mas algo aqui se parece. Está ali?</translation>
    </message>
    <message>
      <source>This recording should show “%1”, yet it seems out of sight here. Is it there?</source>
      <translation>Esta gravação deve mostrar “%1”, mas aqui parece não estar à vista. Está ali?</translation>
    </message>
  </context>
  <context>
    <name>Curves</name>
    <message>
      <source>How wrong it is, over the steps: should fall</source>
      <translation>Quanto ele erra, ao longo dos passos: deve cair</translation>
    </message>
    <message>
      <source>from here also what fooled it</source>
      <translation>a partir daqui também o que o enganou</translation>
    </message>
    <message>
      <source>On frames that it never learns from</source>
      <translation>Em quadros com que nunca aprende</translation>
    </message>
    <message>
      <source>learned from</source>
      <translation>aprendido</translation>
    </message>
    <message>
      <source>never seen</source>
      <translation>nunca visto</translation>
    </message>
    <message>
      <source>found</source>
      <translation>encontrado</translation>
    </message>
    <message>
      <source>loudest false one</source>
      <translation>falso mais alto</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>Picture with its boxes</source>
      <translation>Imagem com suas caixas</translation>
    </message>
  </context>
  <context>
    <name>Errands</name>
    <message>
      <source>A fault in the program stopped this (%1). Details are in the log.</source>
      <translation>Uma falha no programa parou isto (%1). Os detalhes estão no registro.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Mend the file in a text editor; it is read again by itself.</source>
      <translation>Corrija o arquivo em um editor de texto; ele é lido de novo sozinho.</translation>
    </message>
    <message>
      <source>“%1” cannot be read</source>
      <translation>“%1” não pode ser lida</translation>
    </message>
    <message>
      <source>Line %1: </source>
      <translation>Linha %1: </translation>
    </message>
  </context>
  <context>
    <name>Figures</name>
    <message>
      <source>Component</source>
      <translation>Componente</translation>
    </message>
    <message>
      <source>Bad, but passed</source>
      <translation>Ruim, mas passou</translation>
    </message>
    <message>
      <source>Good, but rejected</source>
      <translation>Bom, mas rejeitado</translation>
    </message>
    <message>
      <source>Seen where nothing is</source>
      <translation>Visto onde não há nada</translation>
    </message>
    <message>
      <source>Counts from</source>
      <translation>Conta a partir de</translation>
    </message>
    <message>
      <source>none to count</source>
      <translation>nenhum para contar</translation>
    </message>
    <message>
      <source>nothing is known</source>
      <translation>nada se sabe</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>surely below %2 %</source>
      <translation>com certeza abaixo de %2 %</translation>
    </message>
    <message>
      <source>%1 to %2 %</source>
      <translation>%1 a %2 %</translation>
    </message>
    <message>
      <source>no empty frame</source>
      <translation>nenhum quadro vazio</translation>
    </message>
    <message>
      <source>%1 on %2 frames</source>
      <translation>%1 em %2 quadros</translation>
    </message>
    <message>
      <source>loudest %1</source>
      <translation>mais alto %1</translation>
    </message>
    <message>
      <source>On %1 frames that it never learned from; bounds at 95 %.</source>
      <translation>Em %1 quadros com que nunca aprendeu; limites a 95 %.</translation>
    </message>
    <message>
      <source>On %1 of them it was chosen from which score things count, so the figures flatter: record one more video of each component, and validate again.</source>
      <translation>Em %1 deles foi escolhida a pontuação a partir da qual algo conta, então os números favorecem: grave mais um vídeo de cada componente e valide de novo.</translation>
    </message>
    <message>
      <source>What is true was said: %1.</source>
      <translation>O que é verdade foi dito: %1.</translation>
    </message>
  </context>
  <context>
    <name>FilterButton</name>
    <message>
      <source>All</source>
      <translation>Todos</translation>
    </message>
  </context>
  <context>
    <name>Findings</name>
    <message>
      <source>Findings</source>
      <translation>Achados</translation>
    </message>
  </context>
  <context>
    <name>FrameWords</name>
    <message>
      <source>the suggestion was rejected</source>
      <translation>a proposta foi rejeitada</translation>
    </message>
    <message>
      <source>nobody has looked yet</source>
      <translation>ninguém olhou ainda</translation>
    </message>
    <message>
      <source>attested by %1</source>
      <translation>atestado por %1</translation>
    </message>
    <message>
      <source>imported</source>
      <translation>importado</translation>
    </message>
    <message>
      <source>taken without a look</source>
      <translation>aceito sem olhar</translation>
    </message>
    <message>
      <source>by %1</source>
      <translation>por %1</translation>
    </message>
    <message>
      <source>by contrast, %1 sure</source>
      <translation>por contraste, %1 de certeza</translation>
    </message>
    <message>
      <source>followed, %1 sure</source>
      <translation>seguido, %1 de certeza</translation>
    </message>
    <message>
      <source>by a quick detector, %1 sure</source>
      <translation>por um detector rápido, %1 de certeza</translation>
    </message>
  </context>
  <context>
    <name>Indicator</name>
    <message>
      <source>State of the station</source>
      <translation>Estado da estação</translation>
    </message>
  </context>
  <context>
    <name>Intake</name>
    <message>
      <source>Importing %1</source>
      <translation>Importando %1</translation>
    </message>
    <message>
      <source>Taking frames out of it</source>
      <translation>Extraindo quadros</translation>
    </message>
    <message>
      <source>Looking for contradictions</source>
      <translation>Procurando contradições</translation>
    </message>
  </context>
  <context>
    <name>LabelPage</name>
    <message>
      <source>Recording</source>
      <translation>Gravação</translation>
    </message>
    <message>
      <source>Suggest boxes</source>
      <translation>Propor caixas</translation>
    </message>
    <message>
      <source>By a detector</source>
      <translation>Por detector</translation>
    </message>
    <message>
      <source>Somebody else changed %1 of these frames. They are shown as they are now.</source>
      <translation>Outra pessoa alterou %1 destes quadros. Eles são mostrados como estão agora.</translation>
    </message>
    <message>
      <source>Somebody else changed %1 of these frames. What you said of %2 was not written over it.</source>
      <translation>Outra pessoa alterou %1 destes quadros. O que você disse de %2 não foi gravado por cima.</translation>
    </message>
    <message>
      <source>Taken back or made again: %1</source>
      <translation>Desfeito ou refeito: %1</translation>
    </message>
    <message>
      <source>%1 of %2 done</source>
      <translation>%1 de %2 prontos</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>A detector learns for minutes from the frames that are confirmed, and proposes the rest.</source>
      <translation>Um detector aprende por alguns minutos com os quadros confirmados e propõe o resto.</translation>
    </message>
    <message>
      <source>Once %1 frames with boxes are confirmed (now %2), a detector can propose the rest.</source>
      <translation>Quando %1 quadros com caixas estiverem confirmados (agora %2), um detector pode propor o resto.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Esta receita não pode ser lida</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>Make one on the page of the recipes, then record it.</source>
      <translation>Crie uma na página das receitas e depois grave.</translation>
    </message>
    <message>
      <source>Record the component once where it is there and once where it is not; its frames come here.</source>
      <translation>Grave o componente uma vez onde ele está e uma vez onde não está; os quadros aparecem aqui.</translation>
    </message>
    <message>
      <source>Nothing is recorded yet</source>
      <translation>Nada foi gravado ainda</translation>
    </message>
    <message>
      <source>This recording cannot be labeled</source>
      <translation>Esta gravação não pode ser anotada</translation>
    </message>
    <message>
      <source>This picture cannot be shown</source>
      <translation>Esta imagem não pode ser mostrada</translation>
    </message>
    <message>
      <source>Sharp, different frames are taken out of the recordings of this recipe.</source>
      <translation>Quadros nítidos e diferentes são extraídos das gravações desta receita.</translation>
    </message>
    <message>
      <source>No frames yet</source>
      <translation>Nenhum quadro ainda</translation>
    </message>
    <message>
      <source>Take the frames</source>
      <translation>Extrair os quadros</translation>
    </message>
    <message>
      <source>%1 Nothing is lost: it is kept here, and written with the next change or Ctrl+S.</source>
      <translation>%1 Nada se perde: fica aqui e é gravado com a próxima alteração ou com Ctrl+S.</translation>
    </message>
    <message>
      <source>Changes that are not written yet: %1</source>
      <translation>Alterações ainda não gravadas: %1</translation>
    </message>
    <message>
      <source>Understood</source>
      <translation>Entendido</translation>
    </message>
    <message>
      <source>Please note</source>
      <translation>Observe</translation>
    </message>
    <message>
      <source>Frames are being taken, or boxes proposed.</source>
      <translation>Quadros estão sendo extraídos, ou caixas propostas.</translation>
    </message>
    <message>
      <source>Some of what you said of frames is not written yet.</source>
      <translation>Parte do que você disse dos quadros ainda não foi gravada.</translation>
    </message>
  </context>
  <context>
    <name>Learning</name>
    <message>
      <source>Progress of the training</source>
      <translation>Progresso do treino</translation>
    </message>
    <message>
      <source>End it now</source>
      <translation>Encerrar agora</translation>
    </message>
    <message>
      <source>What it has learned until now is kept and becomes a bundle</source>
      <translation>O que aprendeu até agora é mantido e vira um pacote</translation>
    </message>
    <message>
      <source>Validate it</source>
      <translation>Validar</translation>
    </message>
    <message>
      <source>Use it at the station</source>
      <translation>Usar na estação</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Voltar</translation>
    </message>
    <message>
      <source>Frames that it never learns from, and what it sees in them now</source>
      <translation>Quadros com que nunca aprende, e o que vê neles agora</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Iniciando</translation>
    </message>
    <message>
      <source>Packing the frames</source>
      <translation>Empacotando os quadros</translation>
    </message>
    <message>
      <source>Timing a few steps</source>
      <translation>Cronometrando alguns passos</translation>
    </message>
    <message>
      <source>Learning</source>
      <translation>Aprendendo</translation>
    </message>
    <message>
      <source>Looking for what fools it</source>
      <translation>Procurando o que o engana</translation>
    </message>
    <message>
      <source>Learning from what fooled it</source>
      <translation>Aprendendo com o que o enganou</translation>
    </message>
    <message>
      <source>Making the bundle</source>
      <translation>Montando o pacote</translation>
    </message>
    <message>
      <source>Ending: what it has learned is kept</source>
      <translation>Encerrando: o que foi aprendido é mantido</translation>
    </message>
    <message>
      <source>frame %1 of %2</source>
      <translation>quadro %1 de %2</translation>
    </message>
    <message>
      <source>%1 of %2 done</source>
      <translation>%1 de %2 prontos</translation>
    </message>
    <message>
      <source>“%1”</source>
      <translation>“%1”</translation>
    </message>
    <message>
      <source>about %1 in all, and then it looks for what fools it</source>
      <translation>cerca de %1 no total, e depois procura o que o engana</translation>
    </message>
    <message>
      <source>step %1 of %2</source>
      <translation>passo %1 de %2</translation>
    </message>
    <message>
      <source>%1 pictures/s</source>
      <translation>%1 imagens/s</translation>
    </message>
    <message>
      <source>about %1 left</source>
      <translation>faltam cerca de %1</translation>
    </message>
  </context>
  <context>
    <name>Look</name>
    <message>
      <source>FAULT</source>
      <translation>PANE</translation>
    </message>
    <message>
      <source>PASS</source>
      <translation>PASSA</translation>
    </message>
    <message>
      <source>FAIL</source>
      <translation>FALHA</translation>
    </message>
    <message>
      <source>UNSURE</source>
      <translation>INCERTO</translation>
    </message>
    <message>
      <source>Not inspecting</source>
      <translation>Sem inspeção</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Iniciando</translation>
    </message>
    <message>
      <source>Waiting for the camera</source>
      <translation>Esperando a câmera</translation>
    </message>
    <message>
      <source>Looking</source>
      <translation>Olhando</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Parada</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Pronta</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Em execução</translation>
    </message>
    <message>
      <source>Fault</source>
      <translation>Falha</translation>
    </message>
  </context>
  <context>
    <name>Marks</name>
    <message>
      <source>looks like %1</source>
      <translation>parece %1</translation>
    </message>
  </context>
  <context>
    <name>MissingCard</name>
    <message>
      <source>%1: still to record</source>
      <translation>%1: falta gravar</translation>
    </message>
  </context>
  <context>
    <name>NameForm</name>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Make the recipe</source>
      <translation>Criar a receita</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Letters, digits, '-', '_' and '.'</source>
      <translation>Letras, dígitos, '-', '_' e '.'</translation>
    </message>
  </context>
  <context>
    <name>Passing</name>
    <message>
      <source>Passes</source>
      <translation>Passa</translation>
    </message>
    <message>
      <source>Fails</source>
      <translation>Reprova</translation>
    </message>
  </context>
  <context>
    <name>PatternRow</name>
    <message>
      <source>Name of the pattern</source>
      <translation>Nome do padrão</translation>
    </message>
    <message>
      <source>Remove this pattern</source>
      <translation>Remover este padrão</translation>
    </message>
  </context>
  <context>
    <name>Picture</name>
    <message>
      <source>Picture of the camera</source>
      <translation>Imagem da câmera</translation>
    </message>
  </context>
  <context>
    <name>Preparation</name>
    <message>
      <source>Go on</source>
      <translation>Continuar</translation>
    </message>
    <message>
      <source>More settings</source>
      <translation>Mais ajustes</translation>
    </message>
    <message>
      <source>How long here?</source>
      <translation>Quanto tempo aqui?</translation>
    </message>
    <message>
      <source>Train</source>
      <translation>Treinar</translation>
    </message>
    <message>
      <source>Times a few steps on this machine and then takes them back</source>
      <translation>Cronometra alguns passos nesta máquina e depois os desfaz</translation>
    </message>
    <message>
      <source>What there is to learn from</source>
      <translation>Com o que aprender</translation>
    </message>
    <message>
      <source>How much it takes on</source>
      <translation>Quanto ele assume</translation>
    </message>
    <message>
      <source>Component</source>
      <translation>Componente</translation>
    </message>
    <message>
      <source>Recordings</source>
      <translation>Gravações</translation>
    </message>
    <message>
      <source>With boxes</source>
      <translation>Com caixas</translation>
    </message>
    <message>
      <source>Verified empty</source>
      <translation>Verificado vazio</translation>
    </message>
    <message>
      <source>Suggested, waiting</source>
      <translation>Proposto, esperando</translation>
    </message>
    <message>
      <source>Unlabeled</source>
      <translation>Sem anotação</translation>
    </message>
    <message>
      <source>Before it can be taught</source>
      <translation>Antes de poder ensinar</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. → page Label</source>
      <translation>Quadros que parecem contradizer o que foi dito das suas gravações: %1. → página Anotar</translation>
    </message>
    <message>
      <source>Look at these first</source>
      <translation>Olhe estes primeiro</translation>
    </message>
    <message>
      <source>→ page Record</source>
      <translation>→ página Gravar</translation>
    </message>
    <message>
      <source>→ page Label</source>
      <translation>→ página Anotar</translation>
    </message>
    <message>
      <source>… and %1 more.</source>
      <translation>… e mais %1.</translation>
    </message>
  </context>
  <context>
    <name>PresetCards</name>
    <message>
      <source>Quick</source>
      <translation>Rápido</translation>
    </message>
    <message>
      <source>To see in minutes whether the recordings teach. Not for a station.</source>
      <translation>Para ver em minutos se as gravações ensinam. Não para uma estação.</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>Padrão</translation>
    </message>
    <message>
      <source>For a station. The right one unless something speaks against.</source>
      <translation>Para uma estação. O certo, a menos que algo diga o contrário.</translation>
    </message>
    <message>
      <source>Thorough</source>
      <translation>Minucioso</translation>
    </message>
    <message>
      <source>For small components: looks closer and longer. Wants a machine with a GPU.</source>
      <translation>Para componentes pequenos: olha mais de perto e por mais tempo. Pede uma máquina com GPU.</translation>
    </message>
  </context>
  <context>
    <name>Previews</name>
    <message>
      <source>Frames that it never learns from, with what it sees in them now</source>
      <translation>Quadros com que nunca aprende, com o que vê neles agora</translation>
    </message>
    <message>
      <source>nothing there, nothing seen</source>
      <translation>nada lá, nada visto</translation>
    </message>
    <message>
      <source>nothing there, %1 seen</source>
      <translation>nada lá, %1 vistos</translation>
    </message>
    <message>
      <source>%1 of %2 found</source>
      <translation>%1 de %2 encontrados</translation>
    </message>
    <message>
      <source>%1, %2 wrong</source>
      <translation>%1, %2 errados</translation>
    </message>
  </context>
  <context>
    <name>Proposing</name>
    <message>
      <source>Taking frames</source>
      <translation>Extraindo quadros</translation>
    </message>
    <message>
      <source>A detector learns</source>
      <translation>Um detector aprende</translation>
    </message>
    <message>
      <source>Proposing boxes</source>
      <translation>Propondo caixas</translation>
    </message>
    <message>
      <source>Looking for contradictions</source>
      <translation>Procurando contradições</translation>
    </message>
    <message>
      <source>Boxes are proposed for %1 frames. Look at each, and press Enter where they are right.</source>
      <translation>Há caixas propostas para %1 quadros. Olhe cada um e pressione Enter onde estiverem certas.</translation>
    </message>
    <message>
      <source>No boxes can be proposed from what is known. What is said of this frame helps most.</source>
      <translation>Não é possível propor caixas com o que se sabe. O que for dito deste quadro ajuda mais.</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. Look at them.</source>
      <translation>Quadros que parecem contradizer o que foi dito das suas gravações: %1. Olhe para eles.</translation>
    </message>
  </context>
  <context>
    <name>Recent</name>
    <message>
      <source>Last ten inspections</source>
      <translation>As últimas dez inspeções</translation>
    </message>
  </context>
  <context>
    <name>RecipeEditor</name>
    <message>
      <source>Undo (Ctrl+Z)</source>
      <translation>Desfazer (Ctrl+Z)</translation>
    </message>
    <message>
      <source>Redo (Ctrl+Shift+Z)</source>
      <translation>Refazer (Ctrl+Shift+Z)</translation>
    </message>
    <message>
      <source>Add a component</source>
      <translation>Adicionar um componente</translation>
    </message>
    <message>
      <source>How it decides</source>
      <translation>Como decide</translation>
    </message>
    <message>
      <source>Not saved yet: 1 thing is wrong.</source>
      <translation>Ainda não salvo: 1 item está errado.</translation>
    </message>
    <message>
      <source>Not saved yet: %1 things are wrong.</source>
      <translation>Ainda não salvo: %1 itens estão errados.</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Salvo</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>Salvando…</translation>
    </message>
    <message>
      <source>Not saved yet: the file could not be written. The next change tries again.</source>
      <translation>Ainda não salvo: o arquivo não pôde ser gravado. A próxima alteração tenta de novo.</translation>
    </message>
  </context>
  <context>
    <name>RecipeList</name>
    <message>
      <source>1 fault</source>
      <translation>1 erro</translation>
    </message>
    <message>
      <source>%1 faults</source>
      <translation>%1 erros</translation>
    </message>
    <message>
      <source>taught</source>
      <translation>ensinada</translation>
    </message>
    <message>
      <source>changed since taught</source>
      <translation>alterada desde o ensino</translation>
    </message>
    <message>
      <source>not taught yet</source>
      <translation>ainda não ensinada</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>não pode ser lida</translation>
    </message>
    <message>
      <source>Recipes</source>
      <translation>Receitas</translation>
    </message>
  </context>
  <context>
    <name>RecipesPage</name>
    <message>
      <source>Changes of %1 are not in order and not saved.</source>
      <translation>As alterações de %1 não estão em ordem e não foram salvas.</translation>
    </message>
    <message>
      <source>The file of “%1” was changed by somebody else, and read again. Ctrl+Z takes that back.</source>
      <translation>O arquivo de “%1” foi alterado por outra pessoa e lido de novo. Ctrl+Z desfaz isso.</translation>
    </message>
    <message>
      <source>A region is drawn on a picture: take one first.</source>
      <translation>Uma região é desenhada sobre uma imagem: capture uma primeiro.</translation>
    </message>
    <message>
      <source>A new recipe</source>
      <translation>Uma nova receita</translation>
    </message>
    <message>
      <source>A copy of “%1”; recordings stay with the original</source>
      <translation>Uma cópia de “%1”; as gravações ficam com o original</translation>
    </message>
    <message>
      <source>Made “%1”.</source>
      <translation>“%1” criada.</translation>
    </message>
    <message>
      <source>Move “%1” to the trash? It can be put back.</source>
      <translation>Mover “%1” para a lixeira? Pode ser restaurada.</translation>
    </message>
    <message>
      <source>Recordings of it: %1. They stay, and teach nothing until there is a recipe of this name.</source>
      <translation>Gravações dela: %1. Elas ficam, e nada ensinam até existir uma receita com este nome.</translation>
    </message>
    <message>
      <source>Move to the trash</source>
      <translation>Mover para a lixeira</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>Manter</translation>
    </message>
  </context>
  <context>
    <name>RecordPage</name>
    <message>
      <source>A recording is being made. What is recorded until now is kept.</source>
      <translation>Uma gravação está em andamento. O que foi gravado até agora é mantido.</translation>
    </message>
    <message>
      <source>Files are being imported, and would have to be imported again.</source>
      <translation>Arquivos estão sendo importados e teriam de ser importados de novo.</translation>
    </message>
    <message>
      <source>There was no picture just now. Press Record again once there is.</source>
      <translation>Não havia imagem agora há pouco. Pressione Gravar de novo assim que houver.</translation>
    </message>
    <message>
      <source>Record anew</source>
      <translation>Gravar de novo</translation>
    </message>
    <message>
      <source>“%1” differs from “%2” in more than what it shows, and a detector could learn that: %3.</source>
      <translation>“%1” difere de “%2” em mais do que mostra, e um detector poderia aprender isso: %3.</translation>
    </message>
    <message>
      <source>Delete it and record anew</source>
      <translation>Excluir e gravar de novo</translation>
    </message>
    <message>
      <source>Import something else</source>
      <translation>Importar outra coisa</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. See them on the page Label.</source>
      <translation>Quadros que parecem contradizer o que foi dito das suas gravações: %1. Veja-os na página Anotar.</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Continuar</translation>
    </message>
    <message>
      <source>The camera is being opened.</source>
      <translation>A câmera está sendo aberta.</translation>
    </message>
    <message>
      <source>Show also what is almost right: %1.</source>
      <translation>Mostre também o que está quase certo: %1.</translation>
    </message>
    <message>
      <source>It must be in every frame. Move and turn the product, and let it rest in between.</source>
      <translation>Deve estar em cada quadro. Mova e gire o produto, e deixe-o em repouso entre um e outro.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Esta receita não pode ser lida</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>Make one on the page of the recipes; then record it here.</source>
      <translation>Crie uma na página das receitas; depois grave aqui.</translation>
    </message>
    <message>
      <source>Drop it to import it</source>
      <translation>Solte para importar</translation>
    </message>
    <message>
      <source>There is no picture</source>
      <translation>Não há imagem</translation>
    </message>
  </context>
  <context>
    <name>RecordingCard</name>
    <message>
      <source>Delete</source>
      <translation>Excluir</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>Excluir %1</translation>
    </message>
    <message>
      <source>%1 pictures</source>
      <translation>%1 imagens</translation>
    </message>
    <message>
      <source>%1 frames</source>
      <translation>%1 quadros</translation>
    </message>
    <message>
      <source>%1 lost</source>
      <translation>%1 perdidos</translation>
    </message>
    <message>
      <source>%1 views: few</source>
      <translation>%1 vistas: poucas</translation>
    </message>
    <message>
      <source>%1 views: enough</source>
      <translation>%1 vistas: suficiente</translation>
    </message>
  </context>
  <context>
    <name>RecordingChoice</name>
    <message>
      <source>%1: lookalikes, negative</source>
      <translation>%1: sósias, negativo</translation>
    </message>
    <message>
      <source>%1: positive</source>
      <translation>%1: positivo</translation>
    </message>
    <message>
      <source>%1: negative</source>
      <translation>%1: negativo</translation>
    </message>
  </context>
  <context>
    <name>RecordingList</name>
    <message>
      <source>Recordings</source>
      <translation>Gravações</translation>
    </message>
  </context>
  <context>
    <name>RecordingLook</name>
    <message>
      <source>cannot be read</source>
      <translation>não pode ser lida</translation>
    </message>
    <message>
      <source>no frames yet</source>
      <translation>nenhum quadro ainda</translation>
    </message>
    <message>
      <source>contradicts: %1</source>
      <translation>contradiz: %1</translation>
    </message>
  </context>
  <context>
    <name>RecordingsPanel</name>
    <message>
      <source>Recordings</source>
      <translation>Gravações</translation>
    </message>
    <message>
      <source>Videos…</source>
      <translation>Vídeos…</translation>
    </message>
    <message>
      <source>Pictures…</source>
      <translation>Imagens…</translation>
    </message>
    <message>
      <source>Import videos; or drop them on the page</source>
      <translation>Importar vídeos; ou solte-os na página</translation>
    </message>
    <message>
      <source>Import a folder of pictures; or drop it on the page</source>
      <translation>Importar uma pasta de imagens; ou solte-a na página</translation>
    </message>
    <message>
      <source>, %1 left</source>
      <translation>, faltam %1</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>%1 is in the trash.</source>
      <translation>%1 está na lixeira.</translation>
    </message>
    <message>
      <source>Put back</source>
      <translation>Restaurado</translation>
    </message>
  </context>
  <context>
    <name>RegionCanvas</name>
    <message>
      <source>Regions on the picture</source>
      <translation>Regiões na imagem</translation>
    </message>
  </context>
  <context>
    <name>RegionPanel</name>
    <message>
      <source>Remove the region</source>
      <translation>Remover a região</translation>
    </message>
    <message>
      <source>Source of the picture</source>
      <translation>Fonte da imagem</translation>
    </message>
    <message>
      <source>Take a picture</source>
      <translation>Capturar imagem</translation>
    </message>
    <message>
      <source>From a recording</source>
      <translation>De uma gravação</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Imagem</translation>
    </message>
    <message>
      <source>Waiting for a picture…</source>
      <translation>Esperando uma imagem…</translation>
    </message>
    <message>
      <source>A camera takes a moment to open.</source>
      <translation>Uma câmera leva um momento para abrir.</translation>
    </message>
    <message>
      <source>No picture yet</source>
      <translation>Nenhuma imagem ainda</translation>
    </message>
    <message>
      <source>Regions are drawn on a picture: take one with the camera, or choose a file below.</source>
      <translation>As regiões são desenhadas sobre uma imagem: capture uma com a câmera, ou escolha um arquivo abaixo.</translation>
    </message>
    <message>
      <source>No picture came</source>
      <translation>Nenhuma imagem chegou</translation>
    </message>
    <message>
      <source>The regions were drawn on %1, this picture is %2. Choose one of that size, or remove them.</source>
      <translation>As regiões foram desenhadas em %1, esta imagem tem %2. Escolha uma desse tamanho, ou remova-as.</translation>
    </message>
    <message>
      <source>Arrows move it, Ctrl resizes, Shift by ten, Del removes</source>
      <translation>As setas movem, com Ctrl redimensionam, com Shift de dez em dez, Del remove</translation>
    </message>
    <message>
      <source>%1 may be anywhere</source>
      <translation>%1 pode estar em qualquer lugar</translation>
    </message>
    <message>
      <source>Draw on the picture where its centre must lie</source>
      <translation>Desenhe na imagem onde o centro deve estar</translation>
    </message>
  </context>
  <context>
    <name>ShelfPanel</name>
    <message>
      <source>New recipe</source>
      <translation>Nova receita</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Duplicar</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Excluir</translation>
    </message>
  </context>
  <context>
    <name>ShootingPanel</name>
    <message>
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <source>good</source>
      <translation>boa</translation>
    </message>
    <message>
      <source>Sharpness</source>
      <translation>Nitidez</translation>
    </message>
    <message>
      <source>sharp</source>
      <translation>nítida</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Parar</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Gravar</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>R</source>
      <translation>R</translation>
    </message>
    <message>
      <source>%1 views: enough</source>
      <translation>%1 vistas: suficiente</translation>
    </message>
    <message>
      <source>%1 views, and new ones come</source>
      <translation>%1 vistas, e novas chegam</translation>
    </message>
    <message>
      <source>%1 of %2 views</source>
      <translation>%1 de %2 vistas</translation>
    </message>
    <message>
      <source>%1 frames</source>
      <translation>%1 quadros</translation>
    </message>
    <message>
      <source>%1 dropped</source>
      <translation>%1 perdidos</translation>
    </message>
    <message>
      <source>Only %1 GB left on the disk</source>
      <translation>Só restam %1 GB no disco</translation>
    </message>
  </context>
  <context>
    <name>SourceChoice</name>
    <message>
      <source>Video or picture…</source>
      <translation>Vídeo ou imagem…</translation>
    </message>
    <message>
      <source>Folder of pictures…</source>
      <translation>Pasta de imagens…</translation>
    </message>
  </context>
  <context>
    <name>StandingLook</name>
    <message>
      <source>Boxes</source>
      <translation>Caixas</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Vazio</translation>
    </message>
    <message>
      <source>Ignored</source>
      <translation>Ignorado</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Esperando</translation>
    </message>
    <message>
      <source>Doubtful</source>
      <translation>Duvidosos</translation>
    </message>
    <message>
      <source>Contradicts</source>
      <translation>Contradiz</translation>
    </message>
    <message>
      <source>Unlabeled</source>
      <translation>Sem anotação</translation>
    </message>
  </context>
  <context>
    <name>StationPage</name>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Fonte</translation>
    </message>
    <message>
      <source>The station is stopped</source>
      <translation>A estação está parada</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Iniciar</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Parar</translation>
    </message>
    <message>
      <source>The source has come to its end.</source>
      <translation>A fonte chegou ao fim.</translation>
    </message>
    <message>
      <source>The station has a fault</source>
      <translation>A estação tem uma falha</translation>
    </message>
    <message>
      <source>Ready to start</source>
      <translation>Pronta para iniciar</translation>
    </message>
    <message>
      <source>Choose the source and press Start, or the space bar.</source>
      <translation>Escolha a fonte e pressione Iniciar, ou a barra de espaço.</translation>
    </message>
    <message>
      <source>%1 frames/s    %2 ms    %3 skipped</source>
      <translation>%1 quadros/s    %2 ms    %3 pulados</translation>
    </message>
  </context>
  <context>
    <name>Stations</name>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Esta receita não pode ser lida</translation>
    </message>
    <message>
      <source>This bundle cannot be used</source>
      <translation>Este pacote não pode ser usado</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>A recipe says what a correctly assembled product shows. Make the first one, then teach it with two short videos per component. The workspace is %1.</source>
      <translation>Uma receita diz o que um produto montado corretamente mostra. Crie a primeira e ensine-a com dois vídeos curtos por componente. A pasta de trabalho é %1.</translation>
    </message>
    <message>
      <source>“%1” is not taught yet</source>
      <translation>“%1” ainda não foi ensinada</translation>
    </message>
    <message>
      <source>Record each component once where it is there and once where it is not, train, and promote the bundle.</source>
      <translation>Grave cada componente uma vez onde ele está e uma vez onde ele falta, treine e promova o pacote.</translation>
    </message>
  </context>
  <context>
    <name>Stepper</name>
    <message>
      <source>One less</source>
      <translation>Um a menos</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>Um a mais</translation>
    </message>
  </context>
  <context>
    <name>StillPicture</name>
    <message>
      <source>This picture is no longer there.</source>
      <translation>Esta imagem não está mais lá.</translation>
    </message>
  </context>
  <context>
    <name>Stills</name>
    <message>
      <source>bad, but passed</source>
      <translation>ruim, mas passou</translation>
    </message>
    <message>
      <source>“%1” is not as it must be, and it passed.</source>
      <translation>“%1” não está como deve ser, e passou.</translation>
    </message>
    <message>
      <source>good, but rejected</source>
      <translation>bom, mas rejeitado</translation>
    </message>
    <message>
      <source>“%1” is as it must be, and it did not pass.</source>
      <translation>“%1” está como deve ser, e não passou.</translation>
    </message>
    <message>
      <source>%1 missed</source>
      <translation>%1 não vistos</translation>
    </message>
    <message>
      <source>Scores %1, counts from %2.</source>
      <translation>Pontua %1, conta a partir de %2.</translation>
    </message>
    <message>
      <source>“%1” was seen where it is not, with a score of %2.</source>
      <translation>“%1” foi visto onde não está, com pontuação %2.</translation>
    </message>
    <message>
      <source>That counts: it is reported.</source>
      <translation>Isso conta: é informado.</translation>
    </message>
    <message>
      <source>That does not count: it takes %3.</source>
      <translation>Isso não conta: é preciso %3.</translation>
    </message>
    <message>
      <source>lookalike</source>
      <translation>sósia</translation>
    </message>
    <message>
      <source>It is known as a lookalike.</source>
      <translation>É conhecido como sósia.</translation>
    </message>
  </context>
  <context>
    <name>Tally</name>
    <message>
      <source>Counts of this run</source>
      <translation>Contagens desta execução</translation>
    </message>
    <message>
      <source>Passed</source>
      <translation>Aprovadas</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Reprovadas</translation>
    </message>
    <message>
      <source>Unsure</source>
      <translation>Incertas</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
  </context>
  <context>
    <name>Timeline</name>
    <message>
      <source>Timeline of the recording</source>
      <translation>Linha do tempo da gravação</translation>
    </message>
    <message>
      <source>Frame %1 of %2    %3</source>
      <translation>Quadro %1 de %2    %3</translation>
    </message>
  </context>
  <context>
    <name>Tools</name>
    <message>
      <source>Next</source>
      <translation>Próximo</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>Rejeitar</translation>
    </message>
    <message>
      <source>Draw</source>
      <translation>Desenhar</translation>
    </message>
    <message>
      <source>Draw a box</source>
      <translation>Desenhar uma caixa</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Excluir</translation>
    </message>
    <message>
      <source>Del</source>
      <translation>Del</translation>
    </message>
    <message>
      <source>Delete the chosen box</source>
      <translation>Excluir a caixa escolhida</translation>
    </message>
    <message>
      <source>To next</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Copy the boxes to the next frame</source>
      <translation>Copiar as caixas para o próximo quadro</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Vazio</translation>
    </message>
    <message>
      <source>None of it is in the frame</source>
      <translation>Nada disso está no quadro</translation>
    </message>
    <message>
      <source>Ignored</source>
      <translation>Ignorar</translation>
    </message>
    <message>
      <source>Leave the frame out: a hand, a blur</source>
      <translation>Deixar o quadro de fora: uma mão, um borrão</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Incerto</translation>
    </message>
    <message>
      <source>Take back what is known of it</source>
      <translation>Desfazer o que se sabe dele</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Desfazer</translation>
    </message>
    <message>
      <source>Take the newest change back</source>
      <translation>Desfazer a alteração mais recente</translation>
    </message>
    <message>
      <source>Make again</source>
      <translation>Refazer</translation>
    </message>
    <message>
      <source>Make again what was taken back</source>
      <translation>Refazer o que foi desfeito</translation>
    </message>
    <message>
      <source>Nearer</source>
      <translation>Mais perto</translation>
    </message>
    <message>
      <source>Farther</source>
      <translation>Mais longe</translation>
    </message>
    <message>
      <source>The whole picture</source>
      <translation>A imagem inteira</translation>
    </message>
    <message>
      <source>Boxes of</source>
      <translation>Caixas de</translation>
    </message>
    <message>
      <source>The frame is</source>
      <translation>O quadro está</translation>
    </message>
    <message>
      <source>Right, next</source>
      <translation>Certo, próximo</translation>
    </message>
  </context>
  <context>
    <name>TrainPage</name>
    <message>
      <source>Teach</source>
      <translation>Ensinar</translation>
    </message>
    <message>
      <source>Bundles</source>
      <translation>Pacotes</translation>
    </message>
    <message>
      <source>Stations of “%1” run with this bundle from their next start. It is proved on this machine first.</source>
      <translation>As estações de “%1” trabalham com este pacote a partir do próximo início. Antes ele é provado nesta máquina.</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>Usar</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>Deixar</translation>
    </message>
    <message>
      <source>Stations of “%1” run with the bundle before this one from their next start. This one is kept and can be used again.</source>
      <translation>As estações de “%1” trabalham com o pacote anterior a partir do próximo início. Este é mantido e pode ser usado de novo.</translation>
    </message>
    <message>
      <source>Go back</source>
      <translation>Voltar</translation>
    </message>
    <message>
      <source>The bundle is being proved on this machine…</source>
      <translation>O pacote está sendo provado nesta máquina…</translation>
    </message>
    <message>
      <source>The training of %1 was ended before its bundle was made. It can go on from where it was kept.</source>
      <translation>O treino de %1 foi encerrado antes de seu pacote ser montado. Pode continuar de onde foi salvo.</translation>
    </message>
    <message>
      <source>A training waits</source>
      <translation>Um treino espera</translation>
    </message>
    <message>
      <source>Ended early: what it had learned is kept.</source>
      <translation>Encerrado antes: o que foi aprendido é mantido.</translation>
    </message>
    <message>
      <source>The bundle is ready</source>
      <translation>O pacote está pronto</translation>
    </message>
    <message>
      <source>Ended before there was anything to keep</source>
      <translation>Encerrado antes de haver algo a manter</translation>
    </message>
    <message>
      <source>The training was ended</source>
      <translation>O treino foi encerrado</translation>
    </message>
    <message>
      <source>about %1 here</source>
      <translation>cerca de %1 aqui</translation>
    </message>
    <message>
      <source>packing frames, %1 of %2</source>
      <translation>empacotando quadros, %1 de %2</translation>
    </message>
    <message>
      <source>timing a few steps</source>
      <translation>cronometrando alguns passos</translation>
    </message>
    <message>
      <source>Never mind</source>
      <translation>Deixa pra lá</translation>
    </message>
    <message>
      <source>How long here?</source>
      <translation>Quanto tempo aqui?</translation>
    </message>
    <message>
      <source>starting</source>
      <translation>iniciando</translation>
    </message>
    <message>
      <source>Stations run with it from their next start.</source>
      <translation>As estações trabalham com ele a partir do próximo início.</translation>
    </message>
    <message>
      <source>Bundles  %1</source>
      <translation>Pacotes  %1</translation>
    </message>
    <message>
      <source>Another program is training “%1” in this workspace: wait until it has ended.</source>
      <translation>Outro programa está treinando “%1” nesta pasta de trabalho: espere até terminar.</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>Make the first one on the page Recipes.</source>
      <translation>Crie a primeira na página Receitas.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Esta receita não pode ser lida</translation>
    </message>
    <message>
      <source>Looking at what there is…</source>
      <translation>Vendo o que há…</translation>
    </message>
    <message>
      <source>What there is cannot be read</source>
      <translation>O que há não pode ser lido</translation>
    </message>
    <message>
      <source>No bundle yet</source>
      <translation>Nenhum pacote ainda</translation>
    </message>
    <message>
      <source>A bundle is what a training makes and a station runs with. Teach one.</source>
      <translation>Um pacote é o que um treino produz e com que uma estação trabalha. Ensine um.</translation>
    </message>
    <message>
      <source>A training of “%1” is running. It is ended now, and can go on when this page is opened again.</source>
      <translation>Um treino de “%1” está em andamento. Ele é encerrado agora e pode continuar quando esta página for aberta de novo.</translation>
    </message>
  </context>
  <context>
    <name>TrashLine</name>
    <message>
      <source>Put it back</source>
      <translation>Restaurar</translation>
    </message>
    <message>
      <source>“%1” lies in the trash.</source>
      <translation>“%1” está na lixeira.</translation>
    </message>
  </context>
  <context>
    <name>Underway</name>
    <message>
      <source>%1 left</source>
      <translation>faltam %1</translation>
    </message>
  </context>
  <context>
    <name>ValidatePage</name>
    <message>
      <source>Bundle</source>
      <translation>Pacote</translation>
    </message>
    <message>
      <source>The next training is taught that these are not the component</source>
      <translation>O próximo treino aprende que estes não são o componente</translation>
    </message>
    <message>
      <source>Judged wrong</source>
      <translation>Julgados errado</translation>
    </message>
    <message>
      <source>Seen where nothing is</source>
      <translation>Visto onde não há nada</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Iniciando</translation>
    </message>
    <message>
      <source>What was seen in these pictures (%1) is not the component, you say: the next training learns it as a lookalike.</source>
      <translation>O que foi visto nestas imagens (%1) não é o componente, você diz: o próximo treino aprende isso como sósia.</translation>
    </message>
    <message>
      <source>Take them</source>
      <translation>Aceitar</translation>
    </message>
    <message>
      <source>Leave them</source>
      <translation>Deixar</translation>
    </message>
    <message>
      <source>in use</source>
      <translation>em uso</translation>
    </message>
    <message>
      <source>not validated yet</source>
      <translation>ainda não validado</translation>
    </message>
    <message>
      <source>frame %1 of %2</source>
      <translation>quadro %1 de %2</translation>
    </message>
    <message>
      <source>empty frame %1 of %2</source>
      <translation>quadro vazio %1 de %2</translation>
    </message>
    <message>
      <source>%1 taken as lookalikes: train again.</source>
      <translation>%1 aceitos como sósias: treine de novo.</translation>
    </message>
    <message>
      <source>Validate again</source>
      <translation>Validar de novo</translation>
    </message>
    <message>
      <source>Validate</source>
      <translation>Validar</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Judged wrong  %1</source>
      <translation>Julgados errado  %1</translation>
    </message>
    <message>
      <source>Seen where nothing is  %1</source>
      <translation>Visto onde não há nada  %1</translation>
    </message>
    <message>
      <source>Every frame was judged right</source>
      <translation>Todos os quadros foram julgados corretamente</translation>
    </message>
    <message>
      <source>More frames say more: record another video.</source>
      <translation>Mais quadros dizem mais: grave outro vídeo.</translation>
    </message>
    <message>
      <source>Nothing was seen where nothing is</source>
      <translation>Nada foi visto onde não há nada</translation>
    </message>
    <message>
      <source>Take %1 as lookalikes</source>
      <translation>Aceitar %1 como sósias</translation>
    </message>
    <message>
      <source>Take as lookalikes</source>
      <translation>Aceitar como sósias</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>Make the first one on the page Recipes.</source>
      <translation>Crie a primeira na página Receitas.</translation>
    </message>
    <message>
      <source>Looking at what there is…</source>
      <translation>Vendo o que há…</translation>
    </message>
    <message>
      <source>A validation shows what a bundle does. Make the first one on the page Train.</source>
      <translation>Uma validação mostra o que um pacote faz. Crie o primeiro na página Treinar.</translation>
    </message>
    <message>
      <source>No bundle yet</source>
      <translation>Nenhum pacote ainda</translation>
    </message>
    <message>
      <source>It takes every annotated frame that this bundle never learned from, and counts what it does.</source>
      <translation>Usa cada quadro anotado com que este pacote nunca aprendeu, e conta o que ele faz.</translation>
    </message>
    <message>
      <source>Not validated yet</source>
      <translation>Ainda não validado</translation>
    </message>
    <message>
      <source>A validation is running. It is ended now.</source>
      <translation>Uma validação está em andamento. Ela é encerrada agora.</translation>
    </message>
  </context>
  <context>
    <name>VerdictPanel</name>
    <message>
      <source>Verdict</source>
      <translation>Veredito</translation>
    </message>
  </context>
  <context>
    <name>Viewer</name>
    <message>
      <source>The one before</source>
      <translation>O anterior</translation>
    </message>
    <message>
      <source>The next one</source>
      <translation>O próximo</translation>
    </message>
    <message>
      <source>All pictures</source>
      <translation>Todas as imagens</translation>
    </message>
  </context>
  <context>
    <name>Viewfinder</name>
    <message>
      <source>Picture of the camera</source>
      <translation>Imagem da câmera</translation>
    </message>
    <message>
      <source>Recording: %1</source>
      <translation>Gravando: %1</translation>
    </message>
    <message>
      <source>RECORDING</source>
      <translation>GRAVANDO</translation>
    </message>
  </context>
  <context>
    <name>VoteCard</name>
    <message>
      <source>All the time</source>
      <translation>O tempo todo</translation>
    </message>
    <message>
      <source>When it comes to rest</source>
      <translation>Quando fica em repouso</translation>
    </message>
    <message>
      <source>It judges</source>
      <translation>Julga</translation>
    </message>
    <message>
      <source>Frames that must agree</source>
      <translation>Quadros que devem concordar</translation>
    </message>
    <message>
      <source>Out of how many</source>
      <translation>De quantos</translation>
    </message>
    <message>
      <source>Decide within</source>
      <translation>Decidir em até</translation>
    </message>
    <message>
      <source>Seconds; then it is unsure</source>
      <translation>Segundos; depois fica incerto</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Imagem</translation>
    </message>
    <message>
      <source>Regions are in its pixels</source>
      <translation>As regiões contam em seus pixels</translation>
    </message>
    <message>
      <source>of any size</source>
      <translation>de qualquer tamanho</translation>
    </message>
  </context>
  <context>
    <name>Welcome</name>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>A recipe says what a correctly assembled product shows: which components, how many of each, and where. The station holds every workpiece against it; two short videos teach each component.</source>
      <translation>Uma receita diz o que um produto montado corretamente mostra: quais componentes, quantos de cada e onde. A estação compara cada peça com ela; dois vídeos curtos ensinam cada componente.</translation>
    </message>
    <message>
      <source>Make the first recipe</source>
      <translation>Criar a primeira receita</translation>
    </message>
  </context>
  <context>
    <name>Window</name>
    <message>
      <source>Close all the same</source>
      <translation>Fechar mesmo assim</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>Ficar</translation>
    </message>
    <message>
      <source>It changes at the next start, since something runs.</source>
      <translation>Muda na próxima vez que iniciar, pois algo está em execução.</translation>
    </message>
  </context>
  <context>
    <name>Wishes</name>
    <message>
      <source>Kind of detector</source>
      <translation>Tipo de detector</translation>
    </message>
    <message>
      <source>Backbone: what reads the picture</source>
      <translation>Backbone: o que lê a imagem</translation>
    </message>
    <message>
      <source>Second look at each detection</source>
      <translation>Segundo olhar em cada detecção</translation>
    </message>
    <message>
      <source>Most minutes</source>
      <translation>Máximo de minutos</translation>
    </message>
    <message>
      <source>Rounds with what fools it, at most</source>
      <translation>Rodadas com o que o engana, no máximo</translation>
    </message>
    <message>
      <source>Seed: the same gives the same again</source>
      <translation>Semente: a mesma dá o mesmo resultado</translation>
    </message>
    <message>
      <source>as the preset says</source>
      <translation>como diz a predefinição</translation>
    </message>
    <message>
      <source>as long as it takes</source>
      <translation>o tempo que levar</translation>
    </message>
  </context>
</TS>
