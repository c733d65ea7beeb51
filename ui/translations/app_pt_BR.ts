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
    <name>AuditSection</name>
    <message>
      <source>Audit log</source>
      <translation>Registro de auditoria</translation>
    </message>
    <message>
      <source>Check the log</source>
      <translation>Conferir o registro</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Quando</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Quem</translation>
    </message>
    <message>
      <source>Deed</source>
      <translation>Ação</translation>
    </message>
    <message>
      <source>Of what</source>
      <translation>Sobre o quê</translation>
    </message>
    <message>
      <source>What it holds is for engineers alone.</source>
      <translation>O que ele contém é só para engenheiros.</translation>
    </message>
    <message>
      <source>Nothing was noted so far: what takes a right is, from the first time on.</source>
      <translation>Nada foi anotado até agora: o que exige um direito é, desde a primeira vez.</translation>
    </message>
    <message>
      <source>The newest first, in UTC.</source>
      <translation>O mais recente primeiro, em UTC.</translation>
    </message>
    <message>
      <source>Checked: all entries are as they were written.</source>
      <translation>Conferido: todas as entradas estão como foram escritas.</translation>
    </message>
    <message>
      <source>Keep this elsewhere: it tells later whether the log was cut or written anew. %1</source>
      <translation>Guarde isto em outro lugar: depois mostra se o registro foi cortado ou reescrito. %1</translation>
    </message>
  </context>
  <context>
    <name>Band</name>
    <message>
      <source>State of the station</source>
      <translation>Estado da estação</translation>
    </message>
    <message>
      <source>Leave the kiosk</source>
      <translation>Sair do quiosque</translation>
    </message>
    <message>
      <source>STOPPED</source>
      <translation>PARADA</translation>
    </message>
    <message>
      <source>STARTING</source>
      <translation>INICIANDO</translation>
    </message>
    <message>
      <source>PROVING</source>
      <translation>PROVANDO</translation>
    </message>
    <message>
      <source>READY</source>
      <translation>PRONTA</translation>
    </message>
    <message>
      <source>RUNNING</source>
      <translation>EM EXECUÇÃO</translation>
    </message>
    <message>
      <source>FAULT</source>
      <translation>PANE</translation>
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
    <message>
      <source>It changes at the next start, since the station runs.</source>
      <translation>Muda no próximo início, pois a estação está em execução.</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Histórico</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Ajustes</translation>
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
      <source>Look at the whole frame: press Enter where all boxes are right, else draw what it shows.</source>
      <translation>Olhe o quadro inteiro: Enter onde todas as caixas estão certas, senão desenhe o que ele mostra.</translation>
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
    <name>CameraField</name>
    <message>
      <source>Seen by the camera</source>
      <translation>Vista pela câmera</translation>
    </message>
    <message>
      <source>Choose one</source>
      <translation>Escolha uma</translation>
    </message>
    <message>
      <source>It was recorded through this one.</source>
      <translation>Foi gravado por esta.</translation>
    </message>
  </context>
  <context>
    <name>CameraSection</name>
    <message>
      <source>Camera</source>
      <translation>Câmera</translation>
    </message>
    <message>
      <source>The station opens this camera where none is named, with what is set of it here.</source>
      <translation>A estação abre esta câmera onde nenhuma é indicada, com o que está ajustado aqui.</translation>
    </message>
    <message>
      <source>No picture</source>
      <translation>Sem imagem</translation>
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
      <source>Formats of the camera</source>
      <translation>Formatos da câmera</translation>
    </message>
    <message>
      <source>Format, pixels and frames a second. Choosing one fills in its size and its rate.</source>
      <translation>Formato, pixels e quadros por segundo. Escolher um preenche seu tamanho e sua taxa.</translation>
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
      <translation>atual</translation>
    </message>
    <message>
      <source>not taken: %1</source>
      <translation>não aceito: %1</translation>
    </message>
    <message>
      <source>Formats: not told</source>
      <translation>Formatos: não informados</translation>
    </message>
    <message>
      <source>Formats: %1</source>
      <translation>Formatos: %1</translation>
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
    <name>CloserLook</name>
    <message>
      <source>Serial number %1</source>
      <translation>Número de série %1</translation>
    </message>
    <message>
      <source>Reading the picture …</source>
      <translation>Lendo a imagem …</translation>
    </message>
    <message>
      <source>What was wrong with the verdict?</source>
      <translation>O que estava errado no veredito?</translation>
    </message>
    <message>
      <source>It was wrong</source>
      <translation>Estava errado</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Voltar</translation>
    </message>
    <message>
      <source>The picture is not kept any more.</source>
      <translation>A imagem não está mais guardada.</translation>
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
      <source>Something reaches over the picture's edge: show the part whole, and take the hand away now and then.</source>
      <translation>Algo passa da borda da imagem: mostre a peça inteira, e tire a mão de vez em quando.</translation>
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
      <source>This recording should show “%1”, yet it seems out of sight here. Is it in its box?</source>
      <translation>Esta gravação deve mostrar “%1”, mas aqui parece não estar à vista. Está na sua caixa?</translation>
    </message>
  </context>
  <context>
    <name>ControlChart</name>
    <message>
      <source>Share of rejects</source>
      <translation>Proporção de rejeitos</translation>
    </message>
    <message>
      <source>Share of rejects, %1 % in all; dashed: the limits</source>
      <translation>Proporção de rejeitos, %1 % no total; tracejado: os limites</translation>
    </message>
    <message>
      <source>%1: %2 of %3</source>
      <translation>%1: %2 de %3</translation>
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
    <name>Engine</name>
    <message>
      <source>Teach an inspection from two short videos per component, then say PASS or FAIL in real time.</source>
      <translation>Ensina uma inspeção com dois vídeos curtos por componente e depois diz PASSA ou FALHA em tempo real.</translation>
    </message>
    <message>
      <source>Cannot use %1: %2.</source>
      <translation>Não é possível usar %1: %2.</translation>
    </message>
    <message>
      <source>Something happened that nobody foresaw (%1). It is written down in %2.</source>
      <translation>Aconteceu algo que ninguém previu (%1). Está registrado em %2.</translation>
    </message>
    <message>
      <source>There are %1 workers, from 0 to %2; there is no number %3.</source>
      <translation>Há %1 workers, de 0 a %2; não existe o número %3.</translation>
    </message>
    <message>
      <source>A worker is named HOST:PORT, as in 192.168.0.5:2222; '%1' is not.</source>
      <translation>Um worker é indicado como HOST:PORT, como em 192.168.0.5:2222; '%1' não é assim.</translation>
    </message>
    <message>
      <source>boxes must have the shape (n, 4), these have %1</source>
      <translation>as caixas devem ter a forma (n, 4), estas têm %1</translation>
    </message>
    <message>
      <source>a box holds a number that is not finite</source>
      <translation>uma caixa contém um número que não é finito</translation>
    </message>
    <message>
      <source>a box must have xmin &lt; xmax and ymin &lt; ymax, this one is %1</source>
      <translation>uma caixa deve ter xmin &lt; xmax e ymin &lt; ymax, esta é %1</translation>
    </message>
    <message>
      <source>the bundle</source>
      <translation>o pacote</translation>
    </message>
    <message>
      <source>files should name '%1' and its SHA-256</source>
      <translation>files deve indicar '%1' e seu SHA-256</translation>
    </message>
    <message>
      <source>thresholds should name '%1'</source>
      <translation>thresholds deve indicar '%1'</translation>
    </message>
    <message>
      <source>a station runs no %1</source>
      <translation>uma estação não executa %1</translation>
    </message>
    <message>
      <source>Export %1 here, or use %2 itself.</source>
      <translation>Exporte %1 aqui, ou use o próprio %2.</translation>
    </message>
    <message>
      <source>Train it here.</source>
      <translation>Treine aqui.</translation>
    </message>
    <message>
      <source>The bundle %1 was changed: %2. Copy it again, or train it again.</source>
      <translation>O pacote %1 foi alterado: %2. Copie de novo, ou treine de novo.</translation>
    </message>
    <message>
      <source>Copy the bundle to %1 first: %2 is not its place.</source>
      <translation>Copie primeiro o pacote para %1: %2 não é o lugar dele.</translation>
    </message>
    <message>
      <source>The recipe '%1' had no other bundle before this one.</source>
      <translation>A receita '%1' não tinha outro pacote antes deste.</translation>
    </message>
    <message>
      <source>There is no source '%1'.%2 A source is %3.</source>
      <translation>Não existe a fonte '%1'.%2 Uma fonte é %3.</translation>
    </message>
    <message>
      <source>The camera has sent no picture for %1 s: check its cable, its power and its network.</source>
      <translation>A câmera não envia imagem há %1 s: verifique o cabo, a alimentação e a rede.</translation>
    </message>
    <message>
      <source>The picture is dark: check the light and the lens cap.</source>
      <translation>A imagem está escura: verifique a luz e a tampa da lente.</translation>
    </message>
    <message>
      <source>The picture is blown out: shorten the exposure or dim the light.</source>
      <translation>A imagem está estourada: encurte a exposição ou diminua a luz.</translation>
    </message>
    <message>
      <source>The picture is frozen: the camera sends nothing new. Unplug it, and plug it in again.</source>
      <translation>A imagem está congelada: a câmera não envia nada de novo. Desconecte-a e conecte-a de novo.</translation>
    </message>
    <message>
      <source>Say which component it shows.</source>
      <translation>Diga qual componente ela mostra.</translation>
    </message>
    <message>
      <source>A component is named twice: %1.</source>
      <translation>Um componente foi indicado duas vezes: %1.</translation>
    </message>
    <message>
      <source>No camera sees all of %1: record each by the camera that sees it.</source>
      <translation>Nenhuma câmera vê tudo de %1: grave cada um com a câmera que o vê.</translation>
    </message>
    <message>
      <source>The pattern '%1' can be of one component only, not of %2.</source>
      <translation>O padrão '%1' só pode ser de um componente, não de %2.</translation>
    </message>
    <message>
      <source>What looks like '%1' and is none is recorded as --negative.</source>
      <translation>O que se parece com '%1', mas não é, deve ser gravado como --negative.</translation>
    </message>
    <message>
      <source>'%1' has no patterns: leave '%2' away.</source>
      <translation>'%1' não tem padrões: omita '%2'.</translation>
    </message>
    <message>
      <source>A recording of '%1' in the pattern '%2' is %3.</source>
      <translation>Uma gravação de '%1' no padrão '%2' é %3.</translation>
    </message>
    <message>
      <source>Say which pattern of '%1' it shows: %2.</source>
      <translation>Diga qual padrão de '%1' ela mostra: %2.</translation>
    </message>
    <message>
      <source>Say who records it: a recording needs a name behind it.</source>
      <translation>Diga quem grava: uma gravação precisa de um nome responsável.</translation>
    </message>
    <message>
      <source>The camera %1 does not answer: check its cable and its power (%2).</source>
      <translation>A câmera %1 não responde: verifique o cabo e a alimentação (%2).</translation>
    </message>
    <message>
      <source>The camera %1 is used by another program, or was a moment ago: end that one.</source>
      <translation>A câmera %1 está em uso por outro programa, ou estava há pouco: encerre-o.</translation>
    </message>
    <message>
      <source>The camera %1: %2.</source>
      <translation>A câmera %1: %2.</translation>
    </message>
    <message>
      <source>The camera %1 gives no picture: check its cable, its power and its network (%2).</source>
      <translation>A câmera %1 não fornece imagem: verifique o cabo, a alimentação e a rede (%2).</translation>
    </message>
    <message>
      <source>The camera %1 gives %2; none of %3.</source>
      <translation>A câmera %1 fornece %2; nenhum de %3.</translation>
    </message>
    <message>
      <source>'genicam:%1' names %2 cameras. Connected: %3.</source>
      <translation>'genicam:%1' indica %2 câmeras. Conectadas: %3.</translation>
    </message>
    <message>
      <source>For GenICam cameras install what reads them: %1 (%2).</source>
      <translation>Para câmeras GenICam, instale o que as lê: %1 (%2).</translation>
    </message>
    <message>
      <source>There is no GenTL producer in the folders that %1 names: install it again.</source>
      <translation>Não há produtor GenTL nas pastas que %1 indica: instale-o de novo.</translation>
    </message>
    <message>
      <source>No GenTL producer can be loaded (%1). Install it again.</source>
      <translation>Nenhum produtor GenTL pode ser carregado (%1). Instale-o de novo.</translation>
    </message>
    <message>
      <source>Nothing here reads GenICam cameras: install the GenTL producer that the camera's maker offers, and name its folder in %1; or Aravis: %2.</source>
      <translation>Nada aqui lê câmeras GenICam: instale o produtor GenTL que o fabricante da câmera oferece e indique a pasta dele em %1; ou Aravis: %2.</translation>
    </message>
    <message>
      <source>The camera came back without its %1: unplug it, and plug it in again.</source>
      <translation>A câmera voltou sem seus ajustes (%1): desconecte-a e conecte-a de novo.</translation>
    </message>
    <message>
      <source>There is no file or folder %1.</source>
      <translation>Não existe o arquivo nem a pasta %1.</translation>
    </message>
    <message>
      <source>Only pictures become one recording together, and %1 is none: import it alone.</source>
      <translation>Só imagens formam juntas uma gravação, e %1 não é uma: importe-a sozinha.</translation>
    </message>
    <message>
      <source>%1 holds pictures in folders of its own (%2): import each by itself.</source>
      <translation>%1 contém imagens em pastas próprias (%2): importe cada uma separadamente.</translation>
    </message>
    <message>
      <source>this name cannot be kept on every system; rename the picture</source>
      <translation>este nome não pode ser mantido em todos os sistemas; renomeie a imagem</translation>
    </message>
    <message>
      <source>another picture has this name but for its ending: %1; rename one</source>
      <translation>outra imagem tem este nome, com outra extensão: %1; renomeie uma delas</translation>
    </message>
    <message>
      <source>Cannot copy into %1: %2. Free some space, then import again.</source>
      <translation>Não é possível copiar para %1: %2. Libere espaço e importe de novo.</translation>
    </message>
    <message>
      <source>The camera %1 gives no picture: check its cable, its power and its network.</source>
      <translation>A câmera %1 não fornece imagem: verifique o cabo, a alimentação e a rede.</translation>
    </message>
    <message>
      <source>The camera %1 does not answer: check its address, its network, user and password.</source>
      <translation>A câmera %1 não responde: verifique o endereço, a rede, o usuário e a senha.</translation>
    </message>
    <message>
      <source>This is no camera's address: it should look like %1://192.168.0.10/stream.</source>
      <translation>Isto não é o endereço de uma câmera: deve ser como %1://192.168.0.10/stream.</translation>
    </message>
    <message>
      <source>The setting '%1' should be a number, as in %2=30; it is '%3'.</source>
      <translation>O ajuste '%1' deve ser um número, como em %2=30; ele é '%3'.</translation>
    </message>
    <message>
      <source>this picture of %1x%2 pixels is too small to show anything: %3 are the least side</source>
      <translation>esta imagem de %1x%2 pixels é pequena demais para mostrar algo: cada lado precisa de pelo menos %3</translation>
    </message>
    <message>
      <source>this picture of %1x%2 pixels is too large: scale it to %3 megapixels or less</source>
      <translation>esta imagem de %1x%2 pixels é grande demais: reduza-a a %3 megapixels ou menos</translation>
    </message>
    <message>
      <source>Cannot read the folder %1: %2.</source>
      <translation>Não é possível ler a pasta %1: %2.</translation>
    </message>
    <message>
      <source>The folder %1 holds no pictures (%2).</source>
      <translation>A pasta %1 não contém imagens (%2).</translation>
    </message>
    <message>
      <source>There is no picture %1. Where it was taken out of a video, inspector extract takes it out again.</source>
      <translation>Não há imagem %1. Se foi extraída de um vídeo, inspector extract a extrai de novo.</translation>
    </message>
    <message>
      <source>Cannot read %1: %2.</source>
      <translation>Não é possível ler %1: %2.</translation>
    </message>
    <message>
      <source>The picture %1 is empty (0 bytes); copy it again.</source>
      <translation>A imagem %1 está vazia (0 bytes); copie de novo.</translation>
    </message>
    <message>
      <source>The picture %1 was altered since it was imported or taken out of its video: take it from a backup. One out of a video may be deleted, too: inspector extract takes it anew.</source>
      <translation>A imagem %1 foi alterada desde que foi importada ou extraída do vídeo: recupere-a de uma cópia de segurança. Uma de um vídeo também pode ser apagada: inspector extract a extrai de novo.</translation>
    </message>
    <message>
      <source>The picture %1 is too large: scale it to %2 megapixels or less.</source>
      <translation>A imagem %1 é grande demais: reduza-a a %2 megapixels ou menos.</translation>
    </message>
    <message>
      <source>The picture %1 cannot be read: it is cut short or of another kind than its name says.</source>
      <translation>A imagem %1 não pode ser lida: está incompleta ou é de um tipo diferente do que o nome diz.</translation>
    </message>
    <message>
      <source>is too large: scale it to %1 megapixels or less</source>
      <translation>é grande demais: reduza-a a no máximo %1 megapixels</translation>
    </message>
    <message>
      <source>The camera did not take %1: it goes on with what it had.</source>
      <translation>A câmera não aceitou %1: continua com o que tinha.</translation>
    </message>
    <message>
      <source>The camera says that it took %1, but its pictures do not change with it: set it at the camera.</source>
      <translation>A câmera diz que aceitou %1, mas suas imagens não mudam com isso: ajuste na própria câmera.</translation>
    </message>
    <message>
      <source>The camera says that it took %1, but its pictures follow only up to a point before: choose less.</source>
      <translation>A câmera diz que aceitou %1, mas suas imagens só acompanham até um ponto antes disso: escolha menos.</translation>
    </message>
    <message>
      <source>Whether the camera took %1 could not be seen: the picture is too dark, too bright or too restless.</source>
      <translation>Não foi possível ver se a câmera aceitou %1: a imagem está escura demais, clara demais ou agitada demais.</translation>
    </message>
    <message>
      <source>The camera sends %1 pictures a second, and says %2: shorten the exposure, or ask for smaller pictures.</source>
      <translation>A câmera envia %1 imagens por segundo, e diz %2: encurte a exposição, ou peça imagens menores.</translation>
    </message>
    <message>
      <source>What was recorded until then is kept in %1.</source>
      <translation>O que foi gravado até então está salvo em %1.</translation>
    </message>
    <message>
      <source>a fault in the program stopped it (%1)</source>
      <translation>uma falha no programa a interrompeu (%1)</translation>
    </message>
    <message>
      <source>Recording stopped after %1 s: %2. %3 Details are in the log.</source>
      <translation>A gravação parou após %1 s: %2. %3 Os detalhes estão no registro.</translation>
    </message>
    <message>
      <source>the disk is full</source>
      <translation>o disco está cheio</translation>
    </message>
    <message>
      <source>the disk failed (%1)</source>
      <translation>o disco falhou (%1)</translation>
    </message>
    <message>
      <source>Recording stopped after %1 s: %2. %3 Free some space, then record again.</source>
      <translation>A gravação parou após %1 s: %2. %3 Libere espaço e grave de novo.</translation>
    </message>
    <message>
      <source>No picture came from the camera, so nothing was recorded.</source>
      <translation>Nenhuma imagem chegou da câmera, então nada foi gravado.</translation>
    </message>
    <message>
      <source>%1 What was recorded until then, %2 frames, is kept in %3.</source>
      <translation>%1 O que foi gravado até então, %2 quadros, está salvo em %3.</translation>
    </message>
    <message>
      <source>'%1' leaves the recording's folder</source>
      <translation>'%1' sai da pasta da gravação</translation>
    </message>
    <message>
      <source>the recording</source>
      <translation>a gravação</translation>
    </message>
    <message>
      <source>a negative recording needs 'attested_by', the person who says that the component is nowhere in it</source>
      <translation>uma gravação negativa precisa de 'attested_by', a pessoa que diz que o componente não está em nenhum lugar dela</translation>
    </message>
    <message>
      <source>the recording is called %1 and its folder %2: rename the folder back, or remove it where it is a copy</source>
      <translation>a gravação chama-se %1 e a sua pasta %2: devolva o nome à pasta, ou remova-a se for uma cópia</translation>
    </message>
    <message>
      <source>The recording in %1 was ended before its first frame was written; delete the folder.</source>
      <translation>A gravação em %1 foi encerrada antes de seu primeiro quadro ser gravado; exclua a pasta.</translation>
    </message>
    <message>
      <source>this file of the recording is missing</source>
      <translation>falta este arquivo da gravação</translation>
    </message>
    <message>
      <source>this file was altered after it was recorded; take it from a backup</source>
      <translation>este arquivo foi alterado depois de gravado; recupere-o de um backup</translation>
    </message>
    <message>
      <source>The recording %1 has the frames 0 to %2; one asked for is not among them.</source>
      <translation>A gravação %1 tem os quadros de 0 a %2; um dos pedidos não está entre eles.</translation>
    </message>
    <message>
      <source>%1 frames are missing that were there when it was recorded</source>
      <translation>faltam %1 quadros que existiam quando foi gravado</translation>
    </message>
    <message>
      <source>'%1' is given twice.</source>
      <translation>'%1' foi dado duas vezes.</translation>
    </message>
    <message>
      <source>A scene has no '%1'.%2</source>
      <translation>Uma cena não tem '%1'.%2</translation>
    </message>
    <message>
      <source>'%1' belongs to a %2, and this is a %3.</source>
      <translation>'%1' pertence a %2, e isto é %3.</translation>
    </message>
    <message>
      <source>'%1' should be %2, not '%3'.</source>
      <translation>'%1' deve ser %2, não '%3'.</translation>
    </message>
    <message>
      <source>No picture came. Check the camera's cable, or choose another.</source>
      <translation>Nenhuma imagem chegou. Verifique o cabo da câmera, ou escolha outra.</translation>
    </message>
    <message>
      <source>The recording %1 is still being made: end it first.</source>
      <translation>A gravação %1 ainda está em andamento: encerre-a primeiro.</translation>
    </message>
    <message>
      <source>There is no recording %1 any more.</source>
      <translation>A gravação %1 não existe mais.</translation>
    </message>
    <message>
      <source>There is a recording %1 again; nothing was put back.</source>
      <translation>Já existe de novo uma gravação %1; nada foi restaurado.</translation>
    </message>
    <message>
      <source>%1 is gone: the trash was emptied.</source>
      <translation>%1 não existe mais: a lixeira foi esvaziada.</translation>
    </message>
    <message>
      <source>Cannot delete %1: %2. Close what uses it, or look after the folder's permissions.</source>
      <translation>Não é possível excluir %1: %2. Feche o que o usa ou verifique as permissões da pasta.</translation>
    </message>
    <message>
      <source>Cannot move %1 to %2: %3. Close what uses it, or look after the folder's permissions.</source>
      <translation>Não é possível mover %1 para %2: %3. Feche o que usa isso, ou verifique as permissões da pasta.</translation>
    </message>
    <message>
      <source>The first one is usb:0, the next usb:1.</source>
      <translation>A primeira é usb:0, a seguinte usb:1.</translation>
    </message>
    <message>
      <source>The camera %1 does not answer: check its cable, and that no other program uses it.</source>
      <translation>A câmera %1 não responde: verifique o cabo, e se nenhum outro programa a usa.</translation>
    </message>
    <message>
      <source>Cannot ask %1 which formats it has: %2.</source>
      <translation>Não é possível perguntar a %1 que formatos tem: %2.</translation>
    </message>
    <message>
      <source>The video %1 is empty (0 bytes); copy or record it again.</source>
      <translation>O vídeo %1 está vazio (0 bytes); copie ou grave de novo.</translation>
    </message>
    <message>
      <source>There is no video %1.</source>
      <translation>Não existe o vídeo %1.</translation>
    </message>
    <message>
      <source>You may not read %1; ask its owner, or copy it to a place of your own.</source>
      <translation>Você não tem permissão para ler %1; peça ao proprietário, ou copie para um lugar seu.</translation>
    </message>
    <message>
      <source>%1 cannot be opened as a video: it is cut short or of another kind.</source>
      <translation>%1 não pode ser aberto como vídeo: está incompleto ou é de outro tipo.</translation>
    </message>
    <message>
      <source>%1 holds sound but no video.</source>
      <translation>%1 contém som, mas nenhum vídeo.</translation>
    </message>
    <message>
      <source>The video %1 is damaged after %2 frames (%3).</source>
      <translation>O vídeo %1 está danificado após %2 quadros (%3).</translation>
    </message>
    <message>
      <source>The video %1 holds no frame that can be decoded.</source>
      <translation>O vídeo %1 não contém nenhum quadro que possa ser decodificado.</translation>
    </message>
    <message>
      <source>The video %1 is cut short: it ends at %2 s of %3 s. Copy it again.</source>
      <translation>O vídeo %1 está incompleto: termina em %2 s de %3 s. Copie de novo.</translation>
    </message>
    <message>
      <source>What is true of frames: see it, say it, take it over from other programs or hand it out.</source>
      <translation>O que é verdade sobre os quadros: veja, diga, traga de outros programas ou exporte.</translation>
    </message>
    <message>
      <source>Name the frames whose suggestion is right, or say --all.</source>
      <translation>Indique os quadros cuja proposta está certa, ou diga --all.</translation>
    </message>
    <message>
      <source>--shards and --label-map belong to --format %1.</source>
      <translation>--shards e --label-map são só para --format %1.</translation>
    </message>
    <message>
      <source>--map should be THEIRS=OURS, got '%1'.</source>
      <translation>--map deve ser THEIRS=OURS, e não '%1'.</translation>
    </message>
    <message>
      <source>Who did what at this workspace's station.</source>
      <translation>Quem fez o quê na estação desta área de trabalho.</translation>
    </message>
    <message>
      <source>Keep this elsewhere: with it, audit check --known tells later whether the log was cut or written anew.</source>
      <translation>Guarde isto em outro lugar: com isto, audit check --known diz depois se o registro foi cortado ou reescrito.</translation>
    </message>
    <message>
      <source>%1 is there already; name a new file.</source>
      <translation>%1 já existe; indique um arquivo novo.</translation>
    </message>
    <message>
      <source>A line at its end was not written whole, as after a power cut; the next entry says so.</source>
      <translation>Uma linha no fim não foi escrita por inteiro, como após uma queda de energia; a entrada seguinte diz isso.</translation>
    </message>
    <message>
      <source>A key sealed its entries that is not here: whether they were altered cannot be told without it.</source>
      <translation>Uma chave que não está aqui selou as entradas: sem ela não se pode dizer se foram alteradas.</translation>
    </message>
    <message>
      <source>A path is empty: name a file or a folder, or '.' for this folder.</source>
      <translation>Um caminho está vazio: indique um arquivo ou uma pasta, ou '.' para esta pasta.</translation>
    </message>
    <message>
      <source>Nobody reads the standard output any more.</source>
      <translation>Ninguém mais lê a saída padrão.</translation>
    </message>
    <message>
      <source>Cannot write to the standard output: %1.</source>
      <translation>Não é possível gravar na saída padrão: %1.</translation>
    </message>
    <message>
      <source>The training ended without a bundle.</source>
      <translation>O treino terminou sem um pacote.</translation>
    </message>
    <message>
      <source>Taught by %1 frames with boxes, none drawn by hand, and %2 verified-empty frames; %3 negatives of these reached the loss.</source>
      <translation>Ensinado por %1 quadros com caixas, nenhuma desenhada à mão, e %2 quadros verificados vazios; %3 negativos destes chegaram à perda.</translation>
    </message>
    <message>
      <source>Escapes (bad passed): %1. Overkill (good not passed): %2.</source>
      <translation>Escapes (ruins que passaram): %1. Falsas rejeições (bons que não passaram): %2.</translation>
    </message>
    <message>
      <source>A station does not run onnx: name a new folder for it with --out.</source>
      <translation>Uma estação não executa onnx: indique uma nova pasta para ele com --out.</translation>
    </message>
    <message>
      <source>What is exported as %1 becomes a bundle of the workspace: leave --out away.</source>
      <translation>O que é exportado como %1 vira um pacote da pasta de trabalho: omita --out.</translation>
    </message>
    <message>
      <source>--every-frame judges all frames, and --trigger those asked for: leave one out.</source>
      <translation>--every-frame julga todos os quadros, e --trigger os pedidos: deixe um de fora.</translation>
    </message>
    <message>
      <source>The picture is good again.</source>
      <translation>A imagem está boa de novo.</translation>
    </message>
    <message>
      <source>--worker says which of several machines this is: name all of them with --workers.</source>
      <translation>--worker diz qual de várias máquinas é esta: indique todas com --workers.</translation>
    </message>
    <message>
      <source>--expect times the training on this machine alone: leave --workers away.</source>
      <translation>--expect cronometra o treino só nesta máquina: omita --workers.</translation>
    </message>
    <message>
      <source>No component of '%1' has patterns to decide on: take --second-look confirms.</source>
      <translation>Nenhum componente de '%1' tem padrões a decidir: use --second-look confirms.</translation>
    </message>
    <message>
      <source>%1 counts from a score of %2 only, since something scores nearly as much where it is not: where it is, it may be missed. Train longer or with more --rounds, or record more of both.</source>
      <translation>%1 só conta a partir de uma pontuação de %2, pois algo pontua quase o mesmo onde ele não está: onde ele está, pode não ser visto. Treine por mais tempo ou com mais --rounds, ou grave mais dos dois.</translation>
    </message>
    <message>
      <source>It sees no %1 in any golden frame, so nothing proves that it sees it at all.</source>
      <translation>Ele não vê %1 em nenhum quadro de referência, portanto nada prova que ele o vê.</translation>
    </message>
    <message>
      <source>It was taught with the preset quick, which shows whether the recordings teach and is not for a station.</source>
      <translation>Ele foi ensinado com a predefinição “Rápido”, que mostra se as gravações ensinam e não serve para uma estação.</translation>
    </message>
    <message>
      <source>%1 lies outside the workspace; copy it into %2 first.</source>
      <translation>%1 está fora da pasta de trabalho; copie primeiro para %2.</translation>
    </message>
    <message>
      <source>Nothing scores %1 or more on the negative recordings.</source>
      <translation>Nada pontua %1 ou mais nas gravações negativas.</translation>
    </message>
    <message>
      <source>--take should be numbers of what is listed, as 1,4, or all; '%1' is not.</source>
      <translation>--take deve ter números do que está listado, como 1,4, ou all; '%1' não é assim.</translation>
    </message>
    <message>
      <source>--take should be numbers from 1 to %1, as 1,4, or all; '%2' is not.</source>
      <translation>--take deve ter números de 1 a %1, como 1,4, ou all; '%2' não é assim.</translation>
    </message>
    <message>
      <source>Nothing that is listed was seen in %1: it may have changed. List them again.</source>
      <translation>Nada do que está listado foi visto em %1: pode ter mudado. Liste de novo.</translation>
    </message>
    <message>
      <source>The ways to the plant: OPC UA, Modbus, MQTT, webhook.</source>
      <translation>Os caminhos até a planta: OPC UA, Modbus, MQTT, webhook.</translation>
    </message>
    <message>
      <source>No output is switched on: see 'outputs' in docs/plant.md.</source>
      <translation>Nenhuma saída está ligada: veja 'outputs' em docs/plant.md.</translation>
    </message>
    <message>
      <source>The plant may act on what it is shown. Is the line stopped?</source>
      <translation>A planta pode agir conforme o que lhe é mostrado. A linha está parada?</translation>
    </message>
    <message>
      <source>Who is registered at the station, and who may do what.</source>
      <translation>Quem está cadastrado na estação, e quem pode fazer o quê.</translation>
    </message>
    <message>
      <source>PIN of %1 until now: </source>
      <translation>PIN de %1 até agora: </translation>
    </message>
    <message>
      <source>Say which engineer does it: --by NAME.</source>
      <translation>Diga qual engenheiro faz isso: --by NAME.</translation>
    </message>
    <message>
      <source>PIN of %1: </source>
      <translation>PIN de %1: </translation>
    </message>
    <message>
      <source>New PIN of %1: </source>
      <translation>Novo PIN de %1: </translation>
    </message>
    <message>
      <source>The same again: </source>
      <translation>O mesmo de novo: </translation>
    </message>
    <message>
      <source>These were two different PINs: nothing was changed.</source>
      <translation>Foram dois PINs diferentes: nada foi alterado.</translation>
    </message>
    <message>
      <source>A PIN is missing: give each on a line of the standard input, or do it in a terminal.</source>
      <translation>Falta um PIN: dê cada um em uma linha da entrada padrão, ou faça isso em um terminal.</translation>
    </message>
    <message>
      <source>Make, check and show a recipe.</source>
      <translation>Criar, verificar e mostrar uma receita.</translation>
    </message>
    <message>
      <source>There is already a recipe '%1': %2. Edit that file, or choose another name.</source>
      <translation>Já existe uma receita '%1': %2. Edite esse arquivo, ou escolha outro nome.</translation>
    </message>
    <message>
      <source>--count should be NAME=N, got '%1'.</source>
      <translation>--count deve ser NAME=N, e não '%1'.</translation>
    </message>
    <message>
      <source>--camera should be NAME=CAMERA, got '%1'.</source>
      <translation>--camera deve ser NAME=CAMERA, e não '%1'.</translation>
    </message>
    <message>
      <source>List recordings, throw them away, and put them back.</source>
      <translation>Listar gravações, descartá-las e trazê-las de volta.</translation>
    </message>
    <message>
      <source>What was inspected.</source>
      <translation>O que foi inspecionado.</translation>
    </message>
    <message>
      <source>'%1' is no moment: write 2026-03-01, or 2026-03-01T14:30.</source>
      <translation>'%1' não é um momento: escreva 2026-03-01, ou 2026-03-01T14:30.</translation>
    </message>
    <message>
      <source>The time ends before it begins: give an earlier --since, or a later --until.</source>
      <translation>O período termina antes de começar: indique um --since anterior ou um --until posterior.</translation>
    </message>
    <message>
      <source>There is no plant's database: name it in settings.yaml, as 'database' under 'records'.</source>
      <translation>Não há banco de dados da planta: indique-o em settings.yaml, como 'database' em 'records'.</translation>
    </message>
    <message>
      <source>--there and --not-there answer what was found before: leave the other options away.</source>
      <translation>--there e --not-there respondem ao que foi encontrado antes: omita as outras opções.</translation>
    </message>
    <message>
      <source>--minutes belongs to --quick-detector: nothing else learns.</source>
      <translation>--minutes é só para --quick-detector: nada mais aprende.</translation>
    </message>
    <message>
      <source>Nothing in %1 recordings contradicts what was said of them.</source>
      <translation>Nada em %1 gravações contradiz o que foi dito delas.</translation>
    </message>
    <message>
      <source>%1 cannot be both: say --there or --not-there.</source>
      <translation>%1 não pode ser as duas coisas: diga --there ou --not-there.</translation>
    </message>
    <message>
      <source>%1, as was said.</source>
      <translation>%1, como foi dito.</translation>
    </message>
    <message>
      <source>%1 ignored from now on, and will not %2.</source>
      <translation>%1 ignorado a partir de agora, e não vai %2.</translation>
    </message>
    <message>
      <source>The audit log ends with %1.</source>
      <translation>O registro de auditoria termina com %1.</translation>
    </message>
    <message>
      <source>The audit log is empty, or damaged at its end.</source>
      <translation>O registro de auditoria está vazio ou danificado no fim.</translation>
    </message>
    <message>
      <source>Pictures of the line that somebody said were judged wrong.</source>
      <translation>Imagens da linha que alguém disse terem sido julgadas erradas.</translation>
    </message>
    <message>
      <source>Record longer, and move and turn the product a little.</source>
      <translation>Grave por mais tempo, e mova e gire um pouco o produto.</translation>
    </message>
    <message>
      <source>%1 is no .record file: its boxes are for inspector annotations import, once it is in.</source>
      <translation>%1 não é um arquivo .record: suas caixas são para inspector annotations import, depois de importado.</translation>
    </message>
    <message>
      <source>%1 differs from %2 in more than what it shows: %3. Record it again, or what tells the two apart may be that.</source>
      <translation>%1 difere de %2 em mais do que mostra: %3. Grave de novo, ou o que distingue os dois pode ser isso.</translation>
    </message>
    <message>
      <source>--minutes belongs to --from %1: nothing else learns.</source>
      <translation>--minutes é só para --from %1: nada mais aprende.</translation>
    </message>
    <message>
      <source>Say --pattern %1 or --lookalike: what only looks like a component has no pattern.</source>
      <translation>Diga --pattern %1 ou --lookalike: o que só se parece com um componente não tem padrão.</translation>
    </message>
    <message>
      <source>Say --positive (the component is in it) or --negative (it is nowhere in it).</source>
      <translation>Diga --positive (o componente está nela) ou --negative (não está em nenhum lugar dela).</translation>
    </message>
    <message>
      <source>A training goes on as it began: leave %1 away, or leave --resume away.</source>
      <translation>Um treino continua como começou: omita %1, ou omita --resume.</translation>
    </message>
    <message>
      <source>The training %1 is running already: it needs nobody to go on with it.</source>
      <translation>O treino %1 já está em execução: ninguém precisa continuá-lo.</translation>
    </message>
    <message>
      <source>The training takes about %1 on this machine.</source>
      <translation>O treino leva cerca de %1 nesta máquina.</translation>
    </message>
    <message>
      <source>Deleted since its frames were packed: %1. Of these the bundle is made and proved with the packed pictures, which are smaller, and nothing more is looked for in them. To make it from whole frames, press Ctrl-C, bring the recordings back, and go on with --resume.</source>
      <translation>Excluídas desde que seus quadros foram empacotados: %1. Para elas, o pacote é montado e provado com as imagens empacotadas, que são menores, e nada mais é procurado nelas. Para montá-lo com os quadros inteiros, pressione Ctrl-C, traga as gravações de volta e continue com --resume.</translation>
    </message>
    <message>
      <source>--set takes NAME=VALUE, as boosting=0.5 or objective.classification=focal; '%1' is not.</source>
      <translation>--set recebe NAME=VALUE, como boosting=0.5 ou objective.classification=focal; '%1' não é assim.</translation>
    </message>
    <message>
      <source>%1 is said twice, and not alike: leave one of them away.</source>
      <translation>%1 foi dito duas vezes, e não do mesmo modo: omita um deles.</translation>
    </message>
    <message>
      <source>--set %1: '%2' is no value, as 0.5, true, focal or [1, 2] would be.</source>
      <translation>--set %1: '%2' não é um valor, como seriam 0.5, true, focal ou [1, 2].</translation>
    </message>
    <message>
      <source>boxes, scores and classes should have the shapes (n, 4), (n,), (n,); these have %1, %2, %3</source>
      <translation>boxes, scores e classes devem ter as formas (n, 4), (n,), (n,); estes têm %1, %2, %3</translation>
    </message>
    <message>
      <source>classes should lie in 0..%1, these are %2</source>
      <translation>classes deve ficar em 0..%1, estas são %2</translation>
    </message>
    <message>
      <source>The network says what is no number: its bundle is damaged, or this machine computes wrongly. Copy the bundle again, or train it again.</source>
      <translation>A rede neural diz algo que não é um número: o pacote está danificado, ou esta máquina calcula errado. Copie o pacote de novo, ou treine de novo.</translation>
    </message>
    <message>
      <source>... and %1 more.</source>
      <translation>... e mais %1.</translation>
    </message>
    <message>
      <source> Did you mean '%1'?</source>
      <translation> Você quis dizer '%1'?</translation>
    </message>
    <message>
      <source>this should be a whole number, got %1</source>
      <translation>aqui deve haver um número inteiro, e não %1</translation>
    </message>
    <message>
      <source>this should be a number, got %1</source>
      <translation>aqui deve haver um número, e não %1</translation>
    </message>
    <message>
      <source>this should be a finite number, got %1</source>
      <translation>aqui deve haver um número finito, e não %1</translation>
    </message>
    <message>
      <source>this should be a text, got %1</source>
      <translation>aqui deve haver um texto, e não %1</translation>
    </message>
    <message>
      <source>this should have %1 or more characters</source>
      <translation>deveria ter %1 ou mais caracteres</translation>
    </message>
    <message>
      <source>this should have %1 characters or fewer</source>
      <translation>deveria ter %1 caracteres ou menos</translation>
    </message>
    <message>
      <source>this should hold letters, digits, '.', '_' and '-' alone, and begin with a letter</source>
      <translation>deveria ter só letras, dígitos, '.', '_' e '-', e começar com uma letra</translation>
    </message>
    <message>
      <source>this should be true or false, got %1</source>
      <translation>aqui deve haver true ou false, e não %1</translation>
    </message>
    <message>
      <source>this should be a list, got %1</source>
      <translation>aqui deve haver uma lista, e não %1</translation>
    </message>
    <message>
      <source>this should be keys with their values, got %1</source>
      <translation>aqui deve haver chaves com os seus valores, e não %1</translation>
    </message>
    <message>
      <source>this should be more than %1, got %2</source>
      <translation>isto deve ser mais que %1, e não %2</translation>
    </message>
    <message>
      <source>this should be %1 or more, got %2</source>
      <translation>isto deve ser %1 ou mais, e não %2</translation>
    </message>
    <message>
      <source>this should be less than %1, got %2</source>
      <translation>isto deve ser menos que %1, e não %2</translation>
    </message>
    <message>
      <source>this should be %1 or less, got %2</source>
      <translation>isto deve ser %1 ou menos, e não %2</translation>
    </message>
    <message>
      <source>this cannot be read as JSON: %1</source>
      <translation>isto não pode ser lido como JSON: %1</translation>
    </message>
    <message>
      <source>this should hold at least %1, got %2</source>
      <translation>isto deve conter pelo menos %1, e contém %2</translation>
    </message>
    <message>
      <source>this should hold at most %1, got %2</source>
      <translation>isto deve conter no máximo %1, e contém %2</translation>
    </message>
    <message>
      <source>this should be a moment with its time zone, as 2026-01-31T12:00:00Z, got %1</source>
      <translation>aqui deve haver um momento com o seu fuso horário, como 2026-01-31T12:00:00Z, e não %1</translation>
    </message>
    <message>
      <source>this should be %1, got %2</source>
      <translation>aqui deve haver %1, e não %2</translation>
    </message>
    <message>
      <source>this should be one of %1, got %2</source>
      <translation>aqui deve haver um destes: %1, e não %2</translation>
    </message>
    <message>
      <source>unknown key '%1'.%2</source>
      <translation>chave desconhecida '%1'.%2</translation>
    </message>
    <message>
      <source>'%1' is missing</source>
      <translation>falta '%1'</translation>
    </message>
    <message>
      <source>%1 is no file that can be written anew; name another.</source>
      <translation>%1 não é um arquivo que possa ser gravado de novo; indique outro.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space or choose another folder.</source>
      <translation>Não é possível gravar %1: %2. Libere espaço ou escolha outra pasta.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space or choose another place.</source>
      <translation>Não é possível gravar %1: %2. Libere espaço ou escolha outro lugar.</translation>
    </message>
    <message>
      <source>%1 does not belong to it</source>
      <translation>%1 não pertence a ele</translation>
    </message>
    <message>
      <source>%1 is missing</source>
      <translation>%1 está faltando</translation>
    </message>
    <message>
      <source>%1 is not the file that was made</source>
      <translation>%1 não é o arquivo que foi feito</translation>
    </message>
    <message>
      <source>this should be a YAML mapping that starts with 'format: 1'</source>
      <translation>isto deve ser um mapeamento YAML que começa com 'format: 1'</translation>
    </message>
    <message>
      <source>the first line should be 'format: 1'</source>
      <translation>a primeira linha deve ser 'format: 1'</translation>
    </message>
    <message>
      <source>this has %1 faults: see whether it is the file that is meant</source>
      <translation>há %1 erros nele: verifique se é o arquivo certo</translation>
    </message>
    <message>
      <source>%1 is too large to be one of our files.</source>
      <translation>%1 é grande demais para ser um dos nossos arquivos.</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>Não existe o arquivo %1.</translation>
    </message>
    <message>
      <source>%1 is a folder; a file is wanted here.</source>
      <translation>%1 é uma pasta; aqui é preciso um arquivo.</translation>
    </message>
    <message>
      <source>this is not a text file in UTF-8</source>
      <translation>isto não é um arquivo de texto em UTF-8</translation>
    </message>
    <message>
      <source>%1 is a device or a pipe; a file is wanted here.</source>
      <translation>%1 é um dispositivo ou um pipe; aqui é preciso um arquivo.</translation>
    </message>
    <message>
      <source>an image is (H, W, 3) uint8 BGR, this is %1 %2</source>
      <translation>uma imagem é (H, W, 3) uint8 BGR, esta é %1 %2</translation>
    </message>
    <message>
      <source>An inspection waits to be kept: the disk is slow, or another program holds the records.</source>
      <translation>Uma inspeção espera para ser guardada: o disco está lento, ou outro programa segura os registros.</translation>
    </message>
    <message>
      <source>The station failed (%1: %2). Start it again.</source>
      <translation>A estação falhou (%1: %2). Inicie de novo.</translation>
    </message>
    <message>
      <source>The clock of this computer says %1 UTC, and the bundle was made at %2 UTC: set the clock.</source>
      <translation>O relógio deste computador diz %1 UTC, e o pacote foi feito às %2 UTC: acerte o relógio.</translation>
    </message>
    <message>
      <source>The clock of this computer was set forward by %1 s: see that it is right now.</source>
      <translation>O relógio deste computador foi adiantado em %1 s: veja se agora está certo.</translation>
    </message>
    <message>
      <source>The clock of this computer was set back by %1 s: see that it is right now.</source>
      <translation>O relógio deste computador foi atrasado em %1 s: veja se agora está certo.</translation>
    </message>
    <message>
      <source>What was taught is not in the picture: turn the camera back to where it looked, or clear what covers the ground.</source>
      <translation>O que foi ensinado não está na imagem: volte a câmera para onde olhava, ou tire o que cobre o fundo.</translation>
    </message>
    <message>
      <source>The picture is blurred: clean the lens, and set its focus.</source>
      <translation>A imagem está desfocada: limpe a lente e ajuste o foco.</translation>
    </message>
    <message>
      <source>The picture is %1 times as bright as taught: set light and exposure as they were.</source>
      <translation>A imagem está %1 vezes mais clara que no ensino: ajuste luz e exposição como eram.</translation>
    </message>
    <message>
      <source>The picture is only %1 % as bright as taught: set light and exposure as they were.</source>
      <translation>A imagem tem só %1 % do brilho do ensino: ajuste luz e exposição como eram.</translation>
    </message>
    <message>
      <source>The picture has %1 % more red than taught: set lamp and white balance as they were.</source>
      <translation>A imagem tem %1 % mais vermelho que no ensino: ajuste lâmpada e balanço de branco como eram.</translation>
    </message>
    <message>
      <source>The picture has %1 % less red than taught: set lamp and white balance as they were.</source>
      <translation>A imagem tem %1 % menos vermelho que no ensino: ajuste lâmpada e balanço de branco como eram.</translation>
    </message>
    <message>
      <source>The picture has %1 % more blue than taught: set lamp and white balance as they were.</source>
      <translation>A imagem tem %1 % mais azul que no ensino: ajuste lâmpada e balanço de branco como eram.</translation>
    </message>
    <message>
      <source>The picture has %1 % less blue than taught: set lamp and white balance as they were.</source>
      <translation>A imagem tem %1 % menos azul que no ensino: ajuste lâmpada e balanço de branco como eram.</translation>
    </message>
    <message>
      <source>Light glares on %1 % of where '%2' is looked for: turn the lamp, or shade the place.</source>
      <translation>A luz ofusca %1 % de onde '%2' é procurado: vire a lâmpada, ou faça sombra ali.</translation>
    </message>
    <message>
      <source>Light glares on %1 % of the picture: turn the lamp, or shade the place.</source>
      <translation>A luz ofusca %1 % da imagem: vire a lâmpada, ou faça sombra ali.</translation>
    </message>
    <message>
      <source>The camera or the fixture has moved by %1 % of the picture: put it back as it was.</source>
      <translation>A câmera ou o dispositivo de fixação se moveu %1 % da imagem: ponha de volta como era.</translation>
    </message>
    <message>
      <source>Light, sharpness and place are not checked: the bundle keeps no views. Train the recipe again.</source>
      <translation>Luz, nitidez e posição não são verificadas: o pacote não guarda vistas. Treine a receita de novo.</translation>
    </message>
    <message>
      <source>Whether the camera was moved cannot be told: nothing in the picture stays where it is. Put four marks on the ground, record and train again.</source>
      <translation>Não se pode dizer se a câmera foi movida: nada na imagem fica onde está. Ponha quatro marcas no fundo, grave e treine de novo.</translation>
    </message>
    <message>
      <source>The disk of the records in %1 does not answer: %2.</source>
      <translation>O disco dos registros em %1 não responde: %2.</translation>
    </message>
    <message>
      <source>The disk of the records in %1 has %2 GB left: free %3 GB, so that inspections can be kept.</source>
      <translation>O disco dos registros em %1 tem %2 GB restantes: libere %3 GB, para que as inspeções possam ser guardadas.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space, then start again.</source>
      <translation>Não é possível gravar %1: %2. Libere espaço e inicie de novo.</translation>
    </message>
    <message>
      <source>See that it is the right one and lies well, and prove the station again; do not use it until it passes.</source>
      <translation>Veja se é a peça certa e se está bem posta, e prove a estação de novo; não a use até passar.</translation>
    </message>
    <message>
      <source>This is %1.</source>
      <translation>Esta é %1.</translation>
    </message>
    <message>
      <source>Put a known good workpiece under the camera.</source>
      <translation>Ponha uma peça sabidamente boa sob a câmera.</translation>
    </message>
    <message>
      <source>Put the known good workpiece %1 under the camera.</source>
      <translation>Ponha a peça sabidamente boa %1 sob a câmera.</translation>
    </message>
    <message>
      <source>Put a known bad workpiece under the camera.</source>
      <translation>Ponha uma peça sabidamente ruim sob a câmera.</translation>
    </message>
    <message>
      <source>Put the known bad workpiece %1 under the camera.</source>
      <translation>Ponha a peça sabidamente ruim %1 sob a câmera.</translation>
    </message>
    <message>
      <source>Put a known bad workpiece under the camera, one whose '%1' alone is wrong.</source>
      <translation>Ponha uma peça sabidamente ruim sob a câmera, em que só '%1' está errado.</translation>
    </message>
    <message>
      <source>Put the known bad workpiece %1 under the camera: its '%2' alone is wrong.</source>
      <translation>Ponha a peça sabidamente ruim %1 sob a câmera: só '%2' está errado nela.</translation>
    </message>
    <message>
      <source>The known good workpiece was judged %1: %2.</source>
      <translation>A peça sabidamente boa foi julgada %1: %2.</translation>
    </message>
    <message>
      <source>The known bad workpiece was judged %1: %2.</source>
      <translation>A peça sabidamente ruim foi julgada %1: %2.</translation>
    </message>
    <message>
      <source>The known bad workpiece should FAIL for its '%1' alone, and was judged %2: %3.</source>
      <translation>A peça sabidamente ruim devia falhar só por '%1', e foi julgada %2: %3.</translation>
    </message>
    <message>
      <source>The inspection that it is about was refused.</source>
      <translation>A inspeção a que se refere foi recusada.</translation>
    </message>
    <message>
      <source>What was inspected does not reach the plant's database (%1: %2).</source>
      <translation>O que foi inspecionado não chega ao banco de dados da planta (%1: %2).</translation>
    </message>
    <message>
      <source>A PDF is about one serial number: say which.</source>
      <translation>Um PDF é sobre um número de série: diga qual.</translation>
    </message>
    <message>
      <source>No such inspection of the serial number '%1' is in the records.</source>
      <translation>Nenhuma inspeção assim do número de série '%1' está nos registros.</translation>
    </message>
    <message>
      <source>Cannot write %1: the picture of %2x%3 cannot be kept as JPEG.</source>
      <translation>Não é possível gravar %1: a imagem de %2x%3 não pode ser salva como JPEG.</translation>
    </message>
    <message>
      <source>Say who marks the verdict.</source>
      <translation>Diga quem marca o veredito.</translation>
    </message>
    <message>
      <source>Say why the verdict was wrong.</source>
      <translation>Diga por que o veredito estava errado.</translation>
    </message>
    <message>
      <source>The records in %1 were written by a newer version of this program, and are left as they are. Bring this program up to date.</source>
      <translation>Os registros em %1 foram escritos por uma versão mais nova deste programa, e ficam como estão. Atualize este programa.</translation>
    </message>
    <message>
      <source>Look at 'database' in settings.yaml, under 'records'.</source>
      <translation>Veja 'database' em settings.yaml, em 'records'.</translation>
    </message>
    <message>
      <source>The plant's database needs a package that is not installed: pip install 'assembly-inspector[postgres]'.</source>
      <translation>O banco de dados da planta precisa de um pacote que não está instalado: pip install 'assembly-inspector[postgres]'.</translation>
    </message>
    <message>
      <source>This is not the address of a plant's database; write %1.</source>
      <translation>Este não é o endereço de um banco de dados da planta; escreva %1.</translation>
    </message>
    <message>
      <source>The plant's database %1 refuses it: %2.</source>
      <translation>O banco de dados da fábrica %1 o recusa: %2.</translation>
    </message>
    <message>
      <source>The plant's database %1 is locked or slow: %2.</source>
      <translation>O banco de dados da planta %1 está bloqueado ou lento: %2.</translation>
    </message>
    <message>
      <source>The plant's database %1 has no space left. Free some there.</source>
      <translation>O banco de dados da planta %1 não tem mais espaço. Libere espaço lá.</translation>
    </message>
    <message>
      <source>The plant's database %1 does not let this station in: %2. Ask who looks after it.</source>
      <translation>O banco de dados da planta %1 não deixa esta estação entrar: %2. Pergunte a quem cuida dele.</translation>
    </message>
    <message>
      <source>Cannot reach the plant's database %1: %2. Look whether it runs, and at the network.</source>
      <translation>Não é possível alcançar o banco de dados da planta %1: %2. Veja se ele está rodando, e a rede.</translation>
    </message>
    <message>
      <source>Cannot use the plant's database %1: %2.</source>
      <translation>Não é possível usar o banco de dados da planta %1: %2.</translation>
    </message>
    <message>
      <source>Cannot keep records in %1: %2.</source>
      <translation>Não é possível manter registros em %1: %2.</translation>
    </message>
    <message>
      <source>There is no inspection '%1' in the records.</source>
      <translation>Não há inspeção '%1' nos registros.</translation>
    </message>
    <message>
      <source>%1 inspections or marks were refused; they are kept here, and tried again every hour. The first:</source>
      <translation>%1 inspeções ou marcas foram recusadas; ficam guardadas aqui e são tentadas de novo a cada hora. A primeira:</translation>
    </message>
    <message>
      <source>The records in %1 were removed or replaced while they were in use: nothing can be kept in them any more. Start this program again; new records begin where there are none.</source>
      <translation>Os registros em %1 foram removidos ou substituídos enquanto estavam em uso: nada mais pode ser guardado neles. Inicie este programa de novo; onde não há registros, começam novos.</translation>
    </message>
    <message>
      <source>The records in %1 are damaged. Start the station again: it sets them aside, and new ones begin.</source>
      <translation>Os registros em %1 estão danificados. Inicie a estação de novo: ela os guarda à parte, e começam novos.</translation>
    </message>
    <message>
      <source>The records in %1 are locked by another program. Close it, then start again.</source>
      <translation>Os registros em %1 estão bloqueados por outro programa. Feche-o e inicie de novo.</translation>
    </message>
    <message>
      <source>Cannot write %1: the disk is full. Free some space, then start again.</source>
      <translation>Não é possível gravar %1: o disco está cheio. Libere espaço e inicie de novo.</translation>
    </message>
    <message>
      <source>Cannot use the records in %1: %2.</source>
      <translation>Não é possível usar os registros em %1: %2.</translation>
    </message>
    <message>
      <source>The records in %1 are damaged, and cannot be set aside: %2. Close what else reads them, then start again.</source>
      <translation>Os registros em %1 estão danificados e não podem ser guardados à parte: %2. Feche o que mais os lê, e depois inicie de novo.</translation>
    </message>
    <message>
      <source>The records were damaged and are now set aside in %1. Start again: new records begin.</source>
      <translation>Os registros estavam danificados e agora estão guardados à parte em %1. Inicie de novo: começam novos registros.</translation>
    </message>
    <message>
      <source>Removed %1 pictures (%2 MB) and %3 records.</source>
      <translation>Removidos: %1 imagens (%2 MB) e %3 registros.</translation>
    </message>
    <message>
      <source> %1 older records stay: '%2' has not got them yet.</source>
      <translation> %1 registros mais antigos ficam: '%2' ainda não os tem.</translation>
    </message>
    <message>
      <source>Cannot remove %1: %2.</source>
      <translation>Não é possível remover %1: %2.</translation>
    </message>
    <message>
      <source>Another station records in %1 already. End it, or give this one a workspace of its own.</source>
      <translation>Outra estação já registra em %1. Encerre-a, ou dê a esta um espaço de trabalho próprio.</translation>
    </message>
    <message>
      <source>'%1' is not in settings.yaml any more, and %2 records are kept until it has got them. Name it there again, or forget it: inspector records tidy --forget %3.</source>
      <translation>'%1' não está mais em settings.yaml, e %2 registros são mantidos até que os tenha recebido. Nomeie-o lá de novo, ou esqueça-o: inspector records tidy --forget %3.</translation>
    </message>
    <message>
      <source>%1 is a live camera and %2 is not, so they show no moment together: name live cameras only, or files only.</source>
      <translation>%1 é uma câmera ao vivo e %2 não, então não mostram um mesmo momento: indique só câmeras ao vivo, ou só arquivos.</translation>
    </message>
    <message>
      <source>No picture was judged for %1 s.</source>
      <translation>Nenhuma imagem foi julgada por %1 s.</translation>
    </message>
    <message>
      <source>The station was ended.</source>
      <translation>A estação foi encerrada.</translation>
    </message>
    <message>
      <source>Samples were put where the workpieces lie.</source>
      <translation>Amostras foram postas onde ficam as peças.</translation>
    </message>
    <message>
      <source>This picture was %1 s old before it was judged: the computer is too slow, or was held up.</source>
      <translation>Esta imagem já tinha %1 s antes de ser julgada: o computador é lento demais, ou ficou bloqueado.</translation>
    </message>
    <message>
      <source>The recipe '%1' has one camera: name one source, not %2.</source>
      <translation>A receita '%1' tem uma câmera: indique uma fonte, não %2.</translation>
    </message>
    <message>
      <source>The recipe '%1' is of the cameras %2: say CAMERA=SOURCE, not '%3'.</source>
      <translation>A receita '%1' é das câmeras %2: diga CAMERA=SOURCE, não '%3'.</translation>
    </message>
    <message>
      <source>Nothing says which source the camera '%1' is. Write it into settings.yaml, as in 'cameras: {%2: usb:1}', or name it with --source.</source>
      <translation>Nada diz qual fonte é a câmera '%1'. Escreva isso em settings.yaml, como em 'cameras: {%2: usb:1}', ou indique com --source.</translation>
    </message>
    <message>
      <source>The station was not started.</source>
      <translation>A estação não foi iniciada.</translation>
    </message>
    <message>
      <source>The recipe '%1' asks for %2, the bundle %3 was taught %4. Train the recipe again, or change it back.</source>
      <translation>A receita '%1' pede %2, ao pacote %3 foi ensinado %4. Treine a receita de novo, ou volte a receita ao que era.</translation>
    </message>
    <message>
      <source>The recipe '%1' is of %2: name one source for each, and no other.</source>
      <translation>A receita '%1' é de %2: indique uma fonte para cada, e nenhuma outra.</translation>
    </message>
    <message>
      <source>In the recipe '%1' other components share a camera than in the bundle %2, which never saw them there. Record and train the recipe again, or change it back.</source>
      <translation>Na receita '%1' outros componentes dividem uma câmera do que no pacote %2, que nunca os viu ali. Grave e treine a receita de novo, ou volte a receita ao que era.</translation>
    </message>
    <message>
      <source>The recipe '%1' is for pictures of %2x%3, the bundle %4 was taught on %5x%6. Record and train the recipe again, or change it back.</source>
      <translation>A receita '%1' é para imagens de %2x%3, o pacote %4 foi ensinado com %5x%6. Grave e treine a receita de novo, ou volte a receita ao que era.</translation>
    </message>
    <message>
      <source>The bundle %1 has no working score for '%2'. Train the recipe again, or set its 'threshold' in the recipe.</source>
      <translation>O pacote %1 não tem pontuação de trabalho para '%2'. Treine a receita de novo, ou defina o 'threshold' dele na receita.</translation>
    </message>
    <message>
      <source>Busy: the trigger of %1 s ago is not decided yet. Trigger again after its verdict.</source>
      <translation>Ocupada: o disparo de %1 s atrás ainda não foi decidido. Dispare de novo depois do veredito.</translation>
    </message>
    <message>
      <source>%1 is a picture of %2x%3, and the recipe '%4' is for others. Take it again.</source>
      <translation>%1 é uma imagem de %2x%3, e a receita '%4' é para outras. Faça-a de novo.</translation>
    </message>
    <message>
      <source>There is no folder %1 to watch for triggers. Make it, or name another.</source>
      <translation>Não há pasta %1 para vigiar disparos. Crie-a, ou indique outra.</translation>
    </message>
    <message>
      <source>Nobody could watch %1 for a while. Triggers refused for that: %2.</source>
      <translation>Ninguém pôde vigiar %1 por um tempo. Disparos recusados por isso: %2.</translation>
    </message>
    <message>
      <source>Cannot watch %1 for triggers: %2.</source>
      <translation>Não é possível vigiar %1 por disparos: %2.</translation>
    </message>
    <message>
      <source>No key can ask for an inspection any more: the standard input has ended.</source>
      <translation>Nenhuma tecla pode mais pedir uma inspeção: a entrada padrão terminou.</translation>
    </message>
    <message>
      <source>The recipe '%1' waits for no trigger. Set 'trigger: asked' in its vote.</source>
      <translation>A receita '%1' não espera disparo. Defina 'trigger: asked' no vote dela.</translation>
    </message>
    <message>
      <source>Busy: the last inspection waits for its serial number. Scan it, then trigger again.</source>
      <translation>Ocupada: a última inspeção espera o seu número de série. Leia-o, depois dispare de novo.</translation>
    </message>
    <message>
      <source>Nothing asks for inspections any more (%1: %2). Start again.</source>
      <translation>Nada mais pede inspeções (%1: %2). Inicie de novo.</translation>
    </message>
    <message>
      <source>What asks for inspections can be reached again.</source>
      <translation>O que pede inspeções pode ser alcançado de novo.</translation>
    </message>
    <message>
      <source>A serial number has 1 to %1 letters, digits and signs that can be printed.</source>
      <translation>Um número de série tem de 1 a %1 letras, dígitos e sinais imprimíveis.</translation>
    </message>
    <message>
      <source>'%1' is no serial number of this product: it should match '%2'.</source>
      <translation>'%1' não é um número de série deste produto: deve corresponder a '%2'.</translation>
    </message>
    <message>
      <source>'%1' was scanned in the place of '%2'.</source>
      <translation>'%1' foi lido no lugar de '%2'.</translation>
    </message>
    <message>
      <source>'%1' came too late: its inspection is over. Inspect that workpiece again.</source>
      <translation>'%1' chegou tarde demais: a inspeção dela terminou. Inspecione essa peça de novo.</translation>
    </message>
    <message>
      <source>'%1' came too late: its inspection is over. Inspect that workpiece again. If it is the next one's, scan it again.</source>
      <translation>'%1' chegou tarde demais: a inspeção dela terminou. Inspecione essa peça de novo. Se for da próxima, leia-o de novo.</translation>
    </message>
    <message>
      <source>'%1' names nothing: scan the number of a workpiece while it is inspected.</source>
      <translation>'%1' não identifica nada: leia o número de uma peça enquanto ela é inspecionada.</translation>
    </message>
    <message>
      <source>'inspector %1' ended with code %2.</source>
      <translation>'inspector %1' terminou com o código %2.</translation>
    </message>
    <message>
      <source>should be %1</source>
      <translation>deve ser %1</translation>
    </message>
    <message>
      <source>a box lies in a picture, this one is %1</source>
      <translation>uma caixa fica em uma imagem, esta é %1</translation>
    </message>
    <message>
      <source>a frame with %1 boxes cannot be '%2'</source>
      <translation>um quadro com %1 caixas não pode ser '%2'</translation>
    </message>
    <message>
      <source>Boxes are drawn, suggested or imported: a frame is not said to have some.</source>
      <translation>Caixas são desenhadas, propostas ou importadas: não basta dizer que um quadro as tem.</translation>
    </message>
    <message>
      <source>Another program has changed %1 of %2 meanwhile: nothing was changed now; look at them again.</source>
      <translation>Outro programa alterou %1 de %2 nesse meio-tempo: nada foi alterado agora; olhe de novo.</translation>
    </message>
    <message>
      <source>Another program is writing the annotations of %1: wait until it is done, then do it again.</source>
      <translation>Outro programa está gravando as anotações de %1: espere até terminar e faça de novo.</translation>
    </message>
    <message>
      <source>There is nothing to take back.</source>
      <translation>Não há nada a desfazer.</translation>
    </message>
    <message>
      <source>There is nothing to make again.</source>
      <translation>Não há nada a refazer.</translation>
    </message>
    <message>
      <source>%1 of %2 were changed since, and not by this program: nothing was changed now.</source>
      <translation>%1 de %2 foram alterados desde então, e não por este programa: nada foi alterado agora.</translation>
    </message>
    <message>
      <source>There is nothing to compare '%1' with: record a video of the same place without it. Boxes are found by the difference between the two.</source>
      <translation>Não há nada com que comparar '%1': grave um vídeo do mesmo lugar sem ele. As caixas são encontradas pela diferença entre os dois.</translation>
    </message>
    <message>
      <source>The negative recording %1 seems to show '%2' in %3 of its %4 frames (%5). A negative teaches what is not there, so it must be nowhere in the picture: record it again without it, or with this place alone in view.</source>
      <translation>A gravação negativa %1 parece mostrar '%2' em %3 de seus %4 quadros (%5). Uma negativa ensina o que não está ali, então ele não pode estar em nenhum lugar da imagem: grave de novo sem ele, ou só com este lugar à vista.</translation>
    </message>
    <message>
      <source>%1 a box of '%2' that a person drew or confirmed, and a detector learns from %3: confirm %4 more.</source>
      <translation>Poucos quadros (%1) com uma caixa de '%2' que uma pessoa desenhou ou confirmou, e um detector aprende a partir de %3: confirme mais %4.</translation>
    </message>
    <message>
      <source>There is no frame left to propose boxes of %1 for: in recordings that show nothing else, every frame is annotated. Record or extract more first.</source>
      <translation>Não resta quadro para propor caixas de %1: nas gravações que não mostram outra coisa, todo quadro está anotado. Grave ou extraia mais antes.</translation>
    </message>
    <message>
      <source>The picture is dim: add light, or lengthen the exposure.</source>
      <translation>A imagem está fraca: aumente a luz, ou alongue a exposição.</translation>
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
      <source>Something reaches over the picture's edge: show the part whole, and take the hand away now and then.</source>
      <translation>Algo passa da borda da imagem: mostre a peça inteira, e tire a mão de vez em quando.</translation>
    </message>
    <message>
      <source>Let it rest now and then: the station judges what rests.</source>
      <translation>Deixe-o em repouso de vez em quando: a estação julga o que está parado.</translation>
    </message>
    <message>
      <source>Two detectors judge each other's frames, and each learns from %1 frames with boxes at least: confirm or draw more, or review without a detector.</source>
      <translation>Dois detectores julgam cada um os quadros do outro, e cada um aprende com pelo menos %1 quadros com caixas: confirme ou desenhe mais, ou revise sem um detector.</translation>
    </message>
    <message>
      <source>The dataset %1 has no frame '%2'.</source>
      <translation>O conjunto de dados %1 não tem o quadro '%2'.</translation>
    </message>
    <message>
      <source>The dataset %1 was changed: %2 is not what was packed. Train again.</source>
      <translation>O conjunto de dados %1 foi alterado: %2 não é o que foi empacotado. Treine de novo.</translation>
    </message>
    <message>
      <source>The dataset %1 cannot be read: %2: %3. Train again.</source>
      <translation>O conjunto de dados %1 não pode ser lido: %2: %3. Treine de novo.</translation>
    </message>
    <message>
      <source>%1 is a link: what it leads to would be changed. Put a folder in its place.</source>
      <translation>%1 é um link: o que está no destino dele seria alterado. Ponha uma pasta em seu lugar.</translation>
    </message>
    <message>
      <source>Another program is taking frames out of %1: wait until it is done.</source>
      <translation>Outro programa está extraindo quadros de %1: espere até terminar.</translation>
    </message>
    <message>
      <source>Frame %1 of %2 could not be written as a picture.</source>
      <translation>O quadro %1 de %2 não pôde ser gravado como imagem.</translation>
    </message>
    <message>
      <source>it has %1 % more red: switch the white balance to manual</source>
      <translation>tem %1 % a mais de vermelho: mude o balanço de branco para manual</translation>
    </message>
    <message>
      <source>it has %1 % less red: switch the white balance to manual</source>
      <translation>tem %1 % a menos de vermelho: mude o balanço de branco para manual</translation>
    </message>
    <message>
      <source>it has %1 % more blue: switch the white balance to manual</source>
      <translation>tem %1 % a mais de azul: mude o balanço de branco para manual</translation>
    </message>
    <message>
      <source>it has %1 % less blue: switch the white balance to manual</source>
      <translation>tem %1 % a menos de azul: mude o balanço de branco para manual</translation>
    </message>
    <message>
      <source>its pictures have another shape: use the same camera with the same settings</source>
      <translation>suas imagens têm outro formato: use a mesma câmera com os mesmos ajustes</translation>
    </message>
    <message>
      <source>it is %1 times as bright: keep the light and the exposure as they are</source>
      <translation>é %1 vezes mais clara: mantenha a luz e a exposição como estão</translation>
    </message>
    <message>
      <source>it is only %1 % as bright: keep the light and the exposure as they are</source>
      <translation>tem só %1 % da claridade: mantenha a luz e a exposição como estão</translation>
    </message>
    <message>
      <source>it is less sharp: look after the focus</source>
      <translation>é menos nítida: verifique o foco</translation>
    </message>
    <message>
      <source>it is sharper: look after the focus</source>
      <translation>é mais nítida: verifique o foco</translation>
    </message>
    <message>
      <source>its view has moved by %1 % of the picture: fix the camera and the fixture</source>
      <translation>sua vista se moveu %1 % da imagem: fixe a câmera e o suporte</translation>
    </message>
    <message>
      <source>annotations.%1: there is no category %2</source>
      <translation>annotations.%1: não existe a categoria %2</translation>
    </message>
    <message>
      <source>annotations belong to an image %1 that is not in the file</source>
      <translation>há anotações de uma imagem %1 que não está no arquivo</translation>
    </message>
    <message>
      <source>two categories have the id %1</source>
      <translation>duas categorias têm o id %1</translation>
    </message>
    <message>
      <source>two images have the id %1</source>
      <translation>duas imagens têm o id %1</translation>
    </message>
    <message>
      <source>this is not valid CSV: %1</source>
      <translation>isto não é CSV válido: %1</translation>
    </message>
    <message>
      <source>the column '%1' is missing.%2</source>
      <translation>falta a coluna '%1'.%2</translation>
    </message>
    <message>
      <source>this row has more or fewer columns than the first line</source>
      <translation>esta linha tem mais ou menos colunas que a primeira</translation>
    </message>
    <message>
      <source>a box without a class</source>
      <translation>uma caixa sem classe</translation>
    </message>
    <message>
      <source>an xmin of '%1' says that there is no box, but %2 is %3</source>
      <translation>um xmin de '%1' diz que não há caixa, mas %2 é %3</translation>
    </message>
    <message>
      <source>this picture has another size than in line %1</source>
      <translation>esta imagem tem outro tamanho que na linha %1</translation>
    </message>
    <message>
      <source>this picture stands in line %1 already; one of the two says that it has no box</source>
      <translation>esta imagem já está na linha %1; uma das duas diz que não tem caixa</translation>
    </message>
    <message>
      <source>a %1 is no box: only boxes can be taken over</source>
      <translation>%1 não é uma caixa: só caixas podem ser importadas</translation>
    </message>
    <message>
      <source>a box turned by %1 degrees cannot be taken over</source>
      <translation>uma caixa girada em %1 graus não pode ser importada</translation>
    </message>
    <message>
      <source>this holds the tracks of several videos: export each task by itself</source>
      <translation>isto contém as trajetórias de vários vídeos: exporte cada tarefa separadamente</translation>
    </message>
    <message>
      <source>frames from '%1' to '%2', each '%3' of them, cannot be</source>
      <translation>quadros de '%1' a '%2', um a cada '%3', não são possíveis</translation>
    </message>
    <message>
      <source>'%1' is not the name of a picture beside the file: it is empty or leaves the folder</source>
      <translation>'%1' não é o nome de uma imagem ao lado do arquivo: está vazio ou sai da pasta</translation>
    </message>
    <message>
      <source>the picture's width and height should be whole numbers, got '%1' and '%2'</source>
      <translation>a largura e a altura da imagem devem ser números inteiros, e não '%1' e '%2'</translation>
    </message>
    <message>
      <source>a picture of %1x%2 pixels cannot be; sides go from 1 to %3</source>
      <translation>uma imagem de %1x%2 pixels não é possível; os lados vão de 1 a %3</translation>
    </message>
    <message>
      <source>this is not a %1 file: %2</source>
      <translation>este não é um arquivo %1: %2</translation>
    </message>
    <message>
      <source>the key '%1' stands twice in one object; leave one of them away</source>
      <translation>a chave '%1' aparece duas vezes em um objeto; deixe uma delas de fora</translation>
    </message>
    <message>
      <source>%1 should be a number, got '%2'</source>
      <translation>%1 deve ser um número, e não '%2'</translation>
    </message>
    <message>
      <source>%1 is too large for a file of its kind.</source>
      <translation>%1 é grande demais para um arquivo deste tipo.</translation>
    </message>
    <message>
      <source>There is no %1 file in %2.</source>
      <translation>Não há nenhum arquivo %1 em %2.</translation>
    </message>
    <message>
      <source>There is no folder %1.</source>
      <translation>Não existe a pasta %1.</translation>
    </message>
    <message>
      <source>Pictures without boxes are '%1' or '%2'; say which.</source>
      <translation>Imagens sem caixas são '%1' ou '%2'; diga qual.</translation>
    </message>
    <message>
      <source>The frames %1 and %2 differ in their ending only; rename one.</source>
      <translation>Os quadros %1 e %2 só diferem na extensão; renomeie um deles.</translation>
    </message>
    <message>
      <source>a picture '%1' stands %2 too</source>
      <translation>uma imagem '%1' também está em outro lugar (%2)</translation>
    </message>
    <message>
      <source>Nothing in %1 belongs to recording %2: the pictures there are called %3, the frames %4. The names should be the same, but for their endings.</source>
      <translation>Nada em %1 pertence à gravação %2: as imagens ali se chamam %3, os quadros %4. Os nomes devem ser os mesmos, exceto pela extensão.</translation>
    </message>
    <message>
      <source>A person annotated %1 of these frames otherwise, the first is %2. Nothing was imported. Repeat with --replace to overwrite them.</source>
      <translation>Uma pessoa anotou %1 destes quadros de outro modo, o primeiro é %2. Nada foi importado. Repita com --replace para sobrescrevê-los.</translation>
    </message>
    <message>
      <source>%1 is there already; name a new or an empty folder.</source>
      <translation>%1 já existe; indique uma pasta nova ou vazia.</translation>
    </message>
    <message>
      <source>this label map holds no item</source>
      <translation>este mapa de rótulos não contém nenhum item</translation>
    </message>
    <message>
      <source>a label map holds items alone, not '%1'.%2</source>
      <translation>um mapa de rótulos contém apenas itens, não '%1'.%2</translation>
    </message>
    <message>
      <source>this item's id should be a whole number from 1</source>
      <translation>o id deste item deve ser um número inteiro a partir de 1</translation>
    </message>
    <message>
      <source>the id %1 is kept for the background; count labels from 1</source>
      <translation>o id %1 é reservado para o fundo; conte os rótulos a partir de 1</translation>
    </message>
    <message>
      <source>the item %1 has neither a name nor a display_name</source>
      <translation>o item %1 não tem name nem display_name</translation>
    </message>
    <message>
      <source>this item has %1 values of '%2'</source>
      <translation>este item tem %1 valores de '%2'</translation>
    </message>
    <message>
      <source>this item's %1 should be a text in quotes</source>
      <translation>%1 deste item deve ser um texto entre aspas</translation>
    </message>
    <message>
      <source>the first line should be '%1'</source>
      <translation>a primeira linha deve ser '%1'</translation>
    </message>
    <message>
      <source>a line should hold a picture's name and '%1' or '%2'</source>
      <translation>uma linha deve conter o nome de uma imagem e '%1' ou '%2'</translation>
    </message>
    <message>
      <source>'%1' is no frame, but nearly '%2', which would count as empty; give it the frame's name, or take it away</source>
      <translation>'%1' não é um quadro, mas quase '%2', que contaria como vazio; dê-lhe o nome do quadro ou retire-o</translation>
    </message>
    <message>
      <source>holds no picture that can be read whole</source>
      <translation>não contém nenhuma imagem que possa ser lida inteira</translation>
    </message>
    <message>
      <source>There is no .record file in %1.</source>
      <translation>Não há nenhum arquivo .record em %1.</translation>
    </message>
    <message>
      <source>%1 is cut into %2 shards, and %3 of them are missing, the first is %4. Copy them into %5, or name single shards.</source>
      <translation>%1 está dividido em %2 partes, e %3 delas faltam, a primeira é %4. Copie-as para %5, ou indique partes avulsas.</translation>
    </message>
    <message>
      <source>a box %1 that is not made of finite numbers</source>
      <translation>uma caixa %1 que não é feita de números finitos</translation>
    </message>
    <message>
      <source>a box %1 outside the picture of %2x%3 pixels</source>
      <translation>uma caixa %1 fora da imagem de %2x%3 pixels</translation>
    </message>
    <message>
      <source>a box %1 without area; it should have xmin &lt; xmax and ymin &lt; ymax</source>
      <translation>uma caixa %1 sem área; ela deve ter xmin &lt; xmax e ymin &lt; ymax</translation>
    </message>
    <message>
      <source>this is not valid XML: %1</source>
      <translation>isto não é XML válido: %1</translation>
    </message>
    <message>
      <source>this is not a %1 file: it starts with &lt;%2&gt;, not &lt;%3&gt;</source>
      <translation>isto não é um arquivo %1: começa com &lt;%2&gt;, não com &lt;%3&gt;</translation>
    </message>
    <message>
      <source>&lt;%1&gt; would be passed over: it is called &lt;%2&gt;</source>
      <translation>&lt;%1&gt; seria ignorado: chama-se &lt;%2&gt;</translation>
    </message>
    <message>
      <source>a document type (&lt;!DOCTYPE) is not allowed here; remove it</source>
      <translation>um tipo de documento (&lt;!DOCTYPE) não é permitido aqui; remova-o</translation>
    </message>
    <message>
      <source>&lt;%1&gt; holds a box: objects are called &lt;object&gt;</source>
      <translation>&lt;%1&gt; contém uma caixa: objetos chamam-se &lt;object&gt;</translation>
    </message>
    <message>
      <source>this was made for another picture: &lt;filename&gt; says '%1'</source>
      <translation>isto foi feito para outra imagem: &lt;filename&gt; diz '%1'</translation>
    </message>
    <message>
      <source>an object has no &lt;name&gt;</source>
      <translation>um objeto não tem &lt;name&gt;</translation>
    </message>
    <message>
      <source>a line should hold five numbers, class x y w h; this one holds %1</source>
      <translation>uma linha deve conter cinco números, class x y w h; esta contém %1</translation>
    </message>
    <message>
      <source>the class should be a whole number from 0, got '%1'</source>
      <translation>a classe deve ser um número inteiro a partir de 0, e não '%1'</translation>
    </message>
    <message>
      <source>there is no class %1: %2 names %3, from 0</source>
      <translation>não existe a classe %1: %2 indica %3, a partir de 0</translation>
    </message>
    <message>
      <source>A picture called '%1' cannot go out as YOLO: its file would be %2. Rename it.</source>
      <translation>Uma imagem chamada '%1' não pode ser exportada como YOLO: seu arquivo seria %2. Renomeie-a.</translation>
    </message>
    <message>
      <source>'%1' cannot stand here</source>
      <translation>'%1' não pode estar aqui</translation>
    </message>
    <message>
      <source>%1 is not the file that this program made: move it away.</source>
      <translation>%1 não é o arquivo que este programa criou: mova-o para outro lugar.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Nothing was changed.</source>
      <translation>Não é possível gravar %1: %2. Nada foi alterado.</translation>
    </message>
    <message>
      <source>Look at all of %1, and draw or accept the boxes of all that it shows.</source>
      <translation>Olhe %1 por inteiro e desenhe ou aceite as caixas de tudo o que ele mostra.</translation>
    </message>
    <message>
      <source>%1 is no longer the picture that was annotated: its size has changed.</source>
      <translation>%1 não é mais a imagem que foi anotada: o tamanho mudou.</translation>
    </message>
    <message>
      <source>recording %1 is of '%2', which the recipe does not have.%3 Add the component to the recipe, or move the folder elsewhere.</source>
      <translation>a gravação %1 é de '%2', que a receita não tem.%3 Adicione o componente à receita, ou mova a pasta para outro lugar.</translation>
    </message>
    <message>
      <source>recording %1 has no frames yet.</source>
      <translation>a gravação %1 ainda não tem quadros.</translation>
    </message>
    <message>
      <source>all that is known of recording %1 seems to contradict what was said of it.</source>
      <translation>tudo o que se sabe da gravação %1 parece contradizer o que foi dito dela.</translation>
    </message>
    <message>
      <source>none of the %1 frames of recording %2 says what is in it.</source>
      <translation>nenhum dos %1 quadros da gravação %2 diz o que há nele.</translation>
    </message>
    <message>
      <source>Have boxes proposed with: inspector suggest %1, or bring your own: inspector annotations import %2</source>
      <translation>Peça caixas com: inspector suggest %1, ou traga as suas: inspector annotations import %2</translation>
    </message>
    <message>
      <source>%1 holds a box of '%2', which that recording does not teach.%3</source>
      <translation>%1 contém uma caixa de '%2', que essa gravação não ensina.%3</translation>
    </message>
    <message>
      <source>%1 is %2x%3 pixels, and its box %4 of '%5' lies outside</source>
      <translation>%1 tem %2x%3 pixels, e a sua caixa %4 de '%5' fica fora</translation>
    </message>
    <message>
      <source>%1: its box %2 of '%3' lies on the rim, with nothing of it in the picture</source>
      <translation>%1: a sua caixa %2 de '%3' fica na borda, sem nada dela na imagem</translation>
    </message>
    <message>
      <source>there is no recording of '%1'.</source>
      <translation>não há gravação de '%1'.</translation>
    </message>
    <message>
      <source>only %1 frames hold a box of '%2', and it takes %3 at least, better 50 and more.</source>
      <translation>só %1 quadros contêm uma caixa de '%2': são precisos pelo menos %3, melhor 50 ou mais.</translation>
    </message>
    <message>
      <source>no frame holds a box of '%1', and it takes %2 at least, better 50 and more.</source>
      <translation>nenhum quadro contém uma caixa de '%1': são precisos pelo menos %2, melhor 50 ou mais.</translation>
    </message>
    <message>
      <source>there is no negative recording of '%1'. Pictures that show it are not enough: the detector would learn the place, not the part, and see the part where it is missing. Take the part away and leave all else as it is.</source>
      <translation>não há gravação negativa de '%1'. Imagens que o mostram não bastam: o detector aprenderia o lugar, não a peça, e veria a peça onde ela falta. Retire a peça e deixe todo o resto como está.</translation>
    </message>
    <message>
      <source>Record that with: %1</source>
      <translation>Grave isso com: %1</translation>
    </message>
    <message>
      <source>only %1 frames are verified empty of '%2', and it takes %3 at least.</source>
      <translation>só %1 quadros foram verificados vazios de '%2', e são precisos pelo menos %3.</translation>
    </message>
    <message>
      <source>Record more: %1</source>
      <translation>Grave mais: %1</translation>
    </message>
    <message>
      <source>The negative recording looks like the positive one: nothing tells %1 from its empty place, so it was not searched for by its looks. Where the negative shows it, record that again without it; else draw some boxes that lie closely around it.</source>
      <translation>A gravação negativa parece a positiva: nada distingue %1 do seu lugar vazio, por isso não foi procurado pela aparência. Se a negativa o mostra, grave-a de novo sem ele; senão desenhe algumas caixas bem justas em volta dele.</translation>
    </message>
    <message>
      <source>Nothing tells yet how %1 looks beside its empty place. Record both, then have boxes proposed with: inspector suggest %2, or draw some.</source>
      <translation>Nada diz ainda como se distingue %1 de seu lugar vazio. Grave os dois e depois peça propostas de caixas com: inspector suggest %2, ou desenhe algumas.</translation>
    </message>
    <message>
      <source>Frames of one recording show the same scene, so figures on those held out flatter: record a second one.</source>
      <translation>Quadros de uma mesma gravação mostram a mesma cena, então os números dos reservados favorecem: grave uma segunda.</translation>
    </message>
    <message>
      <source>Of each recording a fifth of the frames held out by lot (seeded).</source>
      <translation>De cada gravação, um quinto dos quadros reservado por sorteio (com semente).</translation>
    </message>
    <message>
      <source>%1: %2 of %3 recordings held out whole (%4).</source>
      <translation>%1: %2 de %3 gravações reservadas inteiras (%4).</translation>
    </message>
    <message>
      <source>one recording with %1 frames, too few to hold any out: nothing examines what is learned of it.</source>
      <translation>uma gravação com %1 quadros, poucos demais para reservar algum: nada examina o que se aprende dela.</translation>
    </message>
    <message>
      <source>one recording of independent photos, %1 of %2 held out by lot (seeded).</source>
      <translation>uma gravação de fotos independentes, %1 de %2 reservadas por sorteio (com semente).</translation>
    </message>
    <message>
      <source>one recording only, its last %1 of %2 frames held out after a gap of %3 s (%4 frames in neither part).</source>
      <translation>uma só gravação, os últimos %1 de seus %2 quadros reservados após um intervalo de %3 s (%4 quadros em nenhuma das partes).</translation>
    </message>
    <message>
      <source>'%1' is no camera, so it cannot be recorded from: import it.</source>
      <translation>'%1' não é uma câmera, então não se pode gravar com isso: importe.</translation>
    </message>
    <message>
      <source>The camera gives no picture yet. Wait for it, then record.</source>
      <translation>A câmera ainda não fornece imagem. Espere por ela e depois grave.</translation>
    </message>
    <message>
      <source>Boxes are found by contrast: it takes pictures with the component and pictures without it.</source>
      <translation>As caixas são encontradas por contraste: são precisas imagens com o componente e imagens sem ele.</translation>
    </message>
    <message>
      <source>The pictures have different sizes (%1), so they cannot be laid on each other. Record the component and its absence with the same camera and settings.</source>
      <translation>As imagens têm tamanhos diferentes (%1), então não podem ser sobrepostas. Grave o componente e sua ausência com a mesma câmera e os mesmos ajustes.</translation>
    </message>
    <message>
      <source>The pictures with and without the component differ everywhere, not in one place: of the edges in those without, only %1 are found again. Did the camera or the fixture move, or is it another scene? Record both again without touching anything but the component.</source>
      <translation>As imagens com e sem o componente diferem em toda parte, não em um só lugar: das bordas nas imagens sem ele, só %1 são reencontradas. A câmera ou o suporte se moveu, ou é outra cena? Grave os dois de novo sem tocar em nada além do componente.</translation>
    </message>
    <message>
      <source>The pictures with and without the component look alike: only %1 of %2 show something that the others do not, and that lasts. Was the component in one recording and taken out for the other? Is it large enough to see?</source>
      <translation>As imagens com e sem o componente são parecidas: só %1 de %2 mostram algo que as outras não mostram, e que permanece. O componente estava em uma gravação e foi retirado para a outra? É grande o bastante para ser visto?</translation>
    </message>
    <message>
      <source>%1 is annotated already: %2. Nothing was changed.</source>
      <translation>%1 já está anotado: %2. Nada foi alterado.</translation>
    </message>
    <message>
      <source>the inspection</source>
      <translation>a inspeção</translation>
    </message>
    <message>
      <source>the camera</source>
      <translation>a câmera</translation>
    </message>
    <message>
      <source>The picture of the inspection %1 is not kept any more: none is left to label.</source>
      <translation>A imagem da inspeção %1 não está mais guardada: não resta nenhuma para anotar.</translation>
    </message>
    <message>
      <source>No picture of '%1' waits that somebody said was judged wrong.</source>
      <translation>Nenhuma imagem de '%1' que alguém disse ter sido julgada errada está à espera.</translation>
    </message>
    <message>
      <source>Another program is working on the pictures that were judged wrong: try again.</source>
      <translation>Outro programa está trabalhando nas imagens julgadas erradas: tente de novo.</translation>
    </message>
    <message>
      <source>Cannot write in %1: %2. Free some space.</source>
      <translation>Não é possível gravar em %1: %2. Libere espaço.</translation>
    </message>
    <message>
      <source>There is no file of weights %1.</source>
      <translation>Não existe o arquivo de pesos %1.</translation>
    </message>
    <message>
      <source>%1 does not hold the weights of this network: take a .weights.h5 file of the same backbone.</source>
      <translation>%1 não contém os pesos desta rede neural: use um arquivo .weights.h5 do mesmo backbone.</translation>
    </message>
    <message>
      <source>The backbone '%1' starts from random weights: leave the weights away, or take mobilenet_v2.</source>
      <translation>O backbone '%1' começa com pesos aleatórios: omita os pesos, ou use mobilenet_v2.</translation>
    </message>
    <message>
      <source>%1 The training goes on; until then a kill would take it back to what was kept last.</source>
      <translation>%1 O treino continua; até lá, um encerramento forçado o levaria de volta ao que foi salvo por último.</translation>
    </message>
    <message>
      <source>%1 cannot be read: it is damaged, or no checkpoint. Remove its folder, and train anew.</source>
      <translation>%1 não pode ser lido: está danificado, ou não é um checkpoint. Remova a pasta dele e treine do início.</translation>
    </message>
    <message>
      <source>%1 has the shape %2, not %3</source>
      <translation>%1 tem a forma %2, não %3</translation>
    </message>
    <message>
      <source>A batch of %1 cannot be shared by %2 devices: take a larger one.</source>
      <translation>Um lote de %1 não pode ser dividido por %2 dispositivos: use um maior.</translation>
    </message>
    <message>
      <source>Several devices train in float32 or mixed_bfloat16: leave mixed_float16 away.</source>
      <translation>Vários dispositivos treinam em float32 ou mixed_bfloat16: omita mixed_float16.</translation>
    </message>
    <message>
      <source>A batch of %1 cannot be shared by %2 machines: take a larger one.</source>
      <translation>Um lote de %1 não pode ser dividido por %2 máquinas: use um maior.</translation>
    </message>
    <message>
      <source>Several machines end after the same step, and their clocks differ: say --steps, not minutes.</source>
      <translation>Várias máquinas terminam após o mesmo passo, e seus relógios diferem: diga --steps, não minutos.</translation>
    </message>
    <message>
      <source>TensorFlow, which makes the bundle, could not: %1. The training is kept.</source>
      <translation>O TensorFlow, que monta o pacote, não conseguiu: %1. O treino é mantido.</translation>
    </message>
    <message>
      <source>%1 is there already. Name a folder that is not.</source>
      <translation>%1 já existe. Indique uma pasta que não exista.</translation>
    </message>
    <message>
      <source>%1 is %2. Export %3 instead.</source>
      <translation>%1 é %2. Em vez disso, exporte %3.</translation>
    </message>
    <message>
      <source>%1 is not the dataset that taught %2. Put that one back, or move this away.</source>
      <translation>%1 não é o conjunto de dados que ensinou %2. Ponha aquele de volta, ou tire este daqui.</translation>
    </message>
    <message>
      <source>int8 is calibrated on the frames that taught %1, and the dataset %2 is not in this workspace. Put it back, or export in float.</source>
      <translation>int8 é calibrado com os quadros que ensinaram %1, e o conjunto de dados %2 não está nesta pasta de trabalho. Ponha-o de volta, ou exporte em float.</translation>
    </message>
    <message>
      <source>The dataset %1 holds no frame out, so nothing could show that int8 sees the same. Record more, train again, or export in float.</source>
      <translation>O conjunto de dados %1 não reserva nenhum quadro, então nada poderia mostrar que int8 vê o mesmo. Grave mais, treine de novo, ou exporte em float.</translation>
    </message>
    <message>
      <source>Cannot write into %1, where the network is converted. Free some space there.</source>
      <translation>Não é possível gravar em %1, onde a rede neural é convertida. Libere espaço ali.</translation>
    </message>
    <message>
      <source>OpenVINO could not write %1: %2. Free some space.</source>
      <translation>O OpenVINO não conseguiu gravar %1: %2. Libere espaço.</translation>
    </message>
    <message>
      <source> Train it for longer, or leave it in float.</source>
      <translation> Treine por mais tempo, ou deixe em float.</translation>
    </message>
    <message>
      <source>has a box without a label</source>
      <translation>tem uma caixa sem rótulo</translation>
    </message>
    <message>
      <source>has the label %1, which the label map does not name</source>
      <translation>tem o rótulo %1, que o mapa de rótulos não indica</translation>
    </message>
    <message>
      <source>holds %1 under '%2', where %3 should be</source>
      <translation>contém %1 em '%2', onde deveria haver %3</translation>
    </message>
    <message>
      <source>holds %1 values under '%2', where one should be</source>
      <translation>contém %1 valores em '%2', onde deveria haver um</translation>
    </message>
    <message>
      <source>holds %1 of xmin, ymin, xmax, ymax, names and numbers of labels, not equally many</source>
      <translation>contém %1 de xmin, ymin, xmax, ymax, nomes e números de rótulos, não em igual número</translation>
    </message>
    <message>
      <source>has one box round many things, which would teach nonsense; leave the box out</source>
      <translation>tem uma caixa em volta de muitas coisas, o que ensinaria errado; deixe a caixa de fora</translation>
    </message>
    <message>
      <source>This version cannot build the network that is described: %1. Train again.</source>
      <translation>Esta versão não consegue montar a rede neural descrita: %1. Treine de novo.</translation>
    </message>
    <message>
      <source>iou_threshold 0 drops every anchor that touches a harder one; 1 drops none</source>
      <translation>iou_threshold 0 descarta toda âncora que toca uma mais difícil; 1 não descarta nenhuma</translation>
    </message>
    <message>
      <source>positive_sample_fraction 1 lets no negative teach; 0.25 takes three for each positive</source>
      <translation>positive_sample_fraction 1 não deixa nenhum negativo ensinar; 0.25 usa três para cada positivo</translation>
    </message>
    <message>
      <source>mining takes the hardest negatives and random_examples any: leave one of them away</source>
      <translation>mining usa os negativos mais difíceis e random_examples usa quaisquer: omita um deles</translation>
    </message>
    <message>
      <source>the %1 loss weighs every anchor by itself: leave mining away, or take sigmoid</source>
      <translation>a perda %1 pondera cada âncora por si: omita mining, ou use sigmoid</translation>
    </message>
    <message>
      <source>loss_type localization ranks by the box, which no negative has: take both</source>
      <translation>loss_type localization ordena pela caixa, que nenhum negativo tem: use both</translation>
    </message>
    <message>
      <source>the %1 loss has no alpha: leave it away, or take focal</source>
      <translation>a perda %1 não tem alpha: omita-o, ou use focal</translation>
    </message>
    <message>
      <source>the %1 loss has no gamma: leave it away, or take focal</source>
      <translation>a perda %1 não tem gamma: omita-o, ou use focal</translation>
    </message>
    <message>
      <source>gamma of the quality loss should be 1 or more</source>
      <translation>gamma da perda quality deve ser 1 ou mais</translation>
    </message>
    <message>
      <source>%1 is compatible and lets negatives teach beside positives only: the %2 verified-empty images teach nothing. Leave compatible away.</source>
      <translation>%1 é compatible e só deixa os negativos ensinarem ao lado de positivos: as %2 imagens verificadas vazias nada ensinam. Omita compatible.</translation>
    </message>
    <message>
      <source>%1 lets negatives teach beside positives only, but there are %2 verified-empty images: min_negatives_per_image is taken as %3, so that they teach too. Set it, or set compatible.</source>
      <translation>%1 só deixa os negativos ensinarem ao lado de positivos, mas há %2 imagens verificadas vazias: min_negatives_per_image é tomado como %3, para que elas também ensinem. Defina-o, ou defina compatible.</translation>
    </message>
    <message>
      <source>mining without num_hard_examples and max_negatives_per_positive asks every anchor whether it overlaps a harder one, which takes longer than the learning: set num_hard_examples to 64.</source>
      <translation>mining sem num_hard_examples e max_negatives_per_positive pergunta a cada âncora se ela se sobrepõe a uma mais difícil, o que demora mais que o próprio aprendizado: defina num_hard_examples como 64.</translation>
    </message>
    <message>
      <source>mining without any limit takes every negative: set max_negatives_per_positive to 3, or leave it away.</source>
      <translation>mining sem nenhum limite usa todos os negativos: defina max_negatives_per_positive como 3, ou omita-o.</translation>
    </message>
    <message>
      <source>%1 teaches a '%2', which we do not have; take a pipeline of %3.</source>
      <translation>%1 ensina um '%2', que não temos; use um pipeline de %3.</translation>
    </message>
    <message>
      <source>%1 is %2; %3 is wanted here.</source>
      <translation>%1 é %2; aqui é preciso %3.</translation>
    </message>
    <message>
      <source>In round %1 of hard negatives: %2 What was known before that round is kept.</source>
      <translation>Na rodada %1 de negativos difíceis: %2 O que se sabia antes dessa rodada é mantido.</translation>
    </message>
    <message>
      <source>The training was stopped before it had begun; there is nothing to keep.</source>
      <translation>O treino foi parado antes de começar; não há nada a manter.</translation>
    </message>
    <message>
      <source>it is that of another network</source>
      <translation>é o de outra rede neural</translation>
    </message>
    <message>
      <source>The training that was kept does not fit: %1. Train anew.</source>
      <translation>O treino que foi salvo não serve: %1. Treine do início.</translation>
    </message>
    <message>
      <source>At step %1 the loss is no number any more, and nothing more can be learned.</source>
      <translation>No passo %1 a perda não é mais um número, e nada mais pode ser aprendido.</translation>
    </message>
    <message>
      <source>Train anew with a lower learning rate, as --set rate=%1.</source>
      <translation>Treine do início com uma taxa de aprendizado menor, como --set rate=%1.</translation>
    </message>
    <message>
      <source>The memory does not suffice for %1 pictures at a time. The training goes on with %2, and as many more steps as it takes for the same pictures.</source>
      <translation>A memória não basta para %1 imagens por vez. O treino continua com %2, e com tantos passos a mais quantos forem precisos para as mesmas imagens.</translation>
    </message>
    <message>
      <source>The memory does not suffice for %1 pictures at a time. Close other programs, or take a smaller backbone or input.</source>
      <translation>A memória não basta para %1 imagens por vez. Feche outros programas, ou use um backbone ou uma entrada menor.</translation>
    </message>
    <message>
      <source>The device failed at step %1 (%2). Look whether it is still there.</source>
      <translation>O dispositivo falhou no passo %1 (%2). Veja se ele ainda está lá.</translation>
    </message>
    <message>
      <source>No training frame holds a box, so there is nothing to learn. Annotate frames of a positive recording.</source>
      <translation>Nenhum quadro de treino contém uma caixa, então não há nada a aprender. Anote quadros de uma gravação positiva.</translation>
    </message>
    <message>
      <source>No training frame holds a box, so there is nothing to look at a second time.</source>
      <translation>Nenhum quadro de treino contém uma caixa, então não há nada para olhar uma segunda vez.</translation>
    </message>
    <message>
      <source>The exported second look differs from the taught one by %1. Train again; if it stays, report it with the versions of tensorflow and ai-edge-litert.</source>
      <translation>O segundo olhar exportado difere do ensinado em %1. Treine de novo; se persistir, informe o problema com as versões de tensorflow e ai-edge-litert.</translation>
    </message>
    <message>
      <source>anchor_free learns the box as a whole: set the objective's localization to giou</source>
      <translation>anchor_free aprende a caixa como um todo: defina localization de objective como giou</translation>
    </message>
    <message>
      <source>faster_rcnn has no %1: leave it away, or take ssd or anchor_free</source>
      <translation>faster_rcnn não tem %1: omita-o, ou use ssd ou anchor_free</translation>
    </message>
    <message>
      <source>%1 finds regions at a stride of %2 pixels, not %3: set first_stage.features_stride to %4, or take compact or mobilenet_v2</source>
      <translation>%1 encontra regiões com um passo de %2 pixels, não %3: defina first_stage.features_stride como %4, ou use compact ou mobilenet_v2</translation>
    </message>
    <message>
      <source>%1 holds no example.</source>
      <translation>%1 não contém nenhum exemplo.</translation>
    </message>
    <message>
      <source>example %1 is no tf.train.Example; make the file again</source>
      <translation>o exemplo %1 não é um tf.train.Example; crie o arquivo de novo</translation>
    </message>
    <message>
      <source>Cannot write into %1: %2. Free some space.</source>
      <translation>Não é possível gravar em %1: %2. Libere espaço.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Free some space.</source>
      <translation>Não é possível gravar %1: %2. Libere espaço.</translation>
    </message>
    <message>
      <source>No training frame holds a box of %1. Annotate frames that show it, or take it out of the recipe.</source>
      <translation>Nenhum quadro de treino contém uma caixa de %1. Anote quadros que o mostrem, ou retire-o da receita.</translation>
    </message>
    <message>
      <source>%1 of hard_example_miner has no effect in the second stage, which learns from its num_hard_examples hardest regions, whatever they hold. Leave it away, or leave the miner away and set balance_fraction.</source>
      <translation>%1 de hard_example_miner não tem efeito no segundo estágio, que aprende com suas num_hard_examples regiões mais difíceis, contenham o que contiverem. Omita-o, ou omita o próprio miner e defina balance_fraction.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Choose another folder, or ask who may write there.</source>
      <translation>Não é possível gravar %1: %2. Escolha outra pasta, ou pergunte quem pode gravar ali.</translation>
    </message>
    <message>
      <source>should be text: put it in quotes</source>
      <translation>deve ser um texto: ponha-o entre aspas</translation>
    </message>
    <message>
      <source>should be a list: one on each line, behind a dash</source>
      <translation>deve ser uma lista: um em cada linha, depois de um traço</translation>
    </message>
    <message>
      <source>should be keys and values, one a line</source>
      <translation>deve ter chaves e valores, um por linha</translation>
    </message>
    <message>
      <source>a certificate needs its key, and a key its certificate</source>
      <translation>um certificado precisa da sua chave, e uma chave do seu certificado</translation>
    </message>
    <message>
      <source>passwords would cross the network for all to read: set 'certificate' and 'key'</source>
      <translation>as senhas passariam pela rede legíveis para todos: defina 'certificate' e 'key'</translation>
    </message>
    <message>
      <source>clients show no certificate unless 'certificate' and 'key' are set</source>
      <translation>os clientes não mostram certificado se 'certificate' e 'key' não estiverem definidos</translation>
    </message>
    <message>
      <source>clients are asked for nothing unless 'certificate' and 'key' are set</source>
      <translation>nada é pedido aos clientes se 'certificate' e 'key' não estiverem definidos</translation>
    </message>
    <message>
      <source>a password needs its user</source>
      <translation>uma senha precisa do seu usuário</translation>
    </message>
    <message>
      <source>certificates need 'tls: true'</source>
      <translation>certificados precisam de 'tls: true'</translation>
    </message>
    <message>
      <source>this should be the address of a web server, https://…</source>
      <translation>isto deve ser o endereço de um servidor web, https://…</translation>
    </message>
    <message>
      <source>a password belongs into 'secret', not into the address</source>
      <translation>uma senha vai em 'secret', não no endereço</translation>
    </message>
    <message>
      <source>the secret would cross the network for all to read: use https</source>
      <translation>o segredo passaria pela rede legível para todos: use https</translation>
    </message>
    <message>
      <source>what a header holds is one line of printable text</source>
      <translation>o que um cabeçalho contém é uma linha de texto imprimível</translation>
    </message>
    <message>
      <source>Another program is writing the audit log: try again.</source>
      <translation>Outro programa está escrevendo o registro de auditoria: tente de novo.</translation>
    </message>
    <message>
      <source>Cannot write %1: %2. Nothing was done: free some space, then do it again.</source>
      <translation>Não é possível gravar %1: %2. Nada foi feito: libere espaço e faça de novo.</translation>
    </message>
    <message>
      <source>this line is not as it was written</source>
      <translation>esta linha não está como foi escrita</translation>
    </message>
    <message>
      <source>the entry %1 cannot be held against it: those up to %2 were removed</source>
      <translation>a entrada %1 não pode ser comparada com ele: as até %2 foram removidas</translation>
    </message>
    <message>
      <source>the entry %1 is not in it: it was cut off, or the log was written anew</source>
      <translation>a entrada %1 não está nele: foi cortada, ou o registro foi reescrito</translation>
    </message>
    <message>
      <source>no entry is sealed with the key: it was written without it, or anew by somebody without it</source>
      <translation>nenhuma entrada está selada com a chave: foi escrito sem ela, ou reescrito por alguém sem ela</translation>
    </message>
    <message>
      <source>Cannot read the key of the audit log, %1: %2.</source>
      <translation>Não é possível ler a chave do registro de auditoria, %1: %2.</translation>
    </message>
    <message>
      <source>The key of the audit log, %1, has %2 bytes; it takes %3 at least.</source>
      <translation>A chave do registro de auditoria, %1, tem %2 bytes; são precisos pelo menos %3.</translation>
    </message>
    <message>
      <source>The head of an audit log is NUMBER:HASH, as an export tells it; '%1' is not.</source>
      <translation>A cabeça de um registro de auditoria é NUMBER:HASH, como uma exportação diz; '%1' não é.</translation>
    </message>
    <message>
      <source>A PIN has %1 to %2 digits, and nothing else: choose another.</source>
      <translation>Um PIN tem de %1 a %2 dígitos, e nada mais: escolha outro.</translation>
    </message>
    <message>
      <source>This PIN is among the first that somebody tries: choose another.</source>
      <translation>Este PIN está entre os primeiros que alguém tenta: escolha outro.</translation>
    </message>
    <message>
      <source>No PIN can be checked now (%1). Try again, or have a new PIN set.</source>
      <translation>Nenhum PIN pode ser verificado agora (%1). Tente de novo, ou peça um novo PIN.</translation>
    </message>
    <message>
      <source>a PIN is never written here; set it with: inspector people pin NAME</source>
      <translation>um PIN nunca é escrito aqui; defina-o com: inspector people pin NAME</translation>
    </message>
    <message>
      <source>two people are called '%1' and '%2'</source>
      <translation>duas pessoas se chamam '%1' e '%2'</translation>
    </message>
    <message>
      <source>nobody is an engineer, who alone may manage people: make somebody the first one</source>
      <translation>ninguém é engenheiro, o único que pode gerir pessoas: faça de alguém o primeiro</translation>
    </message>
    <message>
      <source>a name has 1 to %1 letters, with no space around it and one at most between</source>
      <translation>um nome tem de 1 a %1 letras, sem espaço em volta e no máximo um entre elas</translation>
    </message>
    <message>
      <source>Somebody called '%1' is registered already: choose another name.</source>
      <translation>Alguém chamado '%1' já está cadastrado: escolha outro nome.</translation>
    </message>
    <message>
      <source>Who is registered first must be an engineer: nobody else may register others.</source>
      <translation>Quem é cadastrado primeiro deve ser engenheiro: ninguém mais pode cadastrar outros.</translation>
    </message>
    <message>
      <source>After %1 wrong PINs %2 has to wait for %3.</source>
      <translation>Depois de %1 PINs errados, %2 tem de esperar %3.</translation>
    </message>
    <message>
      <source>This PIN is wrong.</source>
      <translation>Este PIN está errado.</translation>
    </message>
    <message>
      <source>%1 can try again in %2.</source>
      <translation>%1 pode tentar de novo em %2.</translation>
    </message>
    <message>
      <source>Somebody else is giving a PIN now: try again.</source>
      <translation>Outra pessoa está dando um PIN agora: tente de novo.</translation>
    </message>
    <message>
      <source>Another program is changing who is registered: try again.</source>
      <translation>Outro programa está mudando quem está cadastrado: tente de novo.</translation>
    </message>
    <message>
      <source>%1 is the last engineer and cannot be %2: make somebody else an engineer first.</source>
      <translation>%1 é o último engenheiro e não pode ser %2: faça antes outra pessoa engenheiro.</translation>
    </message>
    <message>
      <source>Nobody is registered, so everybody may do everything, and the kiosk is left without a PIN. The first engineer is registered with 'inspector people add NAME --role engineer'.</source>
      <translation>Ninguém está cadastrado: todos podem tudo, e se sai do quiosque sem PIN. O primeiro engenheiro se cadastra com 'inspector people add NAME --role engineer'.</translation>
    </message>
    <message>
      <source>It takes the role %1 to %2: choose your name and give your PIN.</source>
      <translation>É preciso o papel %1 para isso (%2): escolha seu nome e dê seu PIN.</translation>
    </message>
    <message>
      <source>It takes the role %1 to %2, and %3 has the role %4.</source>
      <translation>É preciso o papel %1 para isso (%2), e %3 tem o papel %4.</translation>
    </message>
    <message>
      <source>The certificates that the outputs of settings.yaml name cannot be used: %1. Name PEM files, and each key with the certificate that it belongs to.</source>
      <translation>Os certificados que as saídas de settings.yaml indicam não podem ser usados: %1. Indique arquivos PEM, e cada chave com o certificado a que pertence.</translation>
    </message>
    <message>
      <source>%1 is not connected yet.</source>
      <translation>%1 ainda não está conectado.</translation>
    </message>
    <message>
      <source>%1 refused the connection: %2.</source>
      <translation>%1 recusou a conexão: %2.</translation>
    </message>
    <message>
      <source>%1 cannot be reached: %2.</source>
      <translation>%1 não pode ser alcançado: %2.</translation>
    </message>
    <message>
      <source>%1 is no longer connected.</source>
      <translation>%1 não está mais conectado.</translation>
    </message>
    <message>
      <source>%1 does not say that it has inspection %2.</source>
      <translation>%1 não confirma que recebeu a inspeção %2.</translation>
    </message>
    <message>
      <source>The station ends.</source>
      <translation>A estação termina.</translation>
    </message>
    <message>
      <source>%1 cannot be told of inspection %2 (%3).</source>
      <translation>Não é possível informar %1 da inspeção %2 (%3).</translation>
    </message>
    <message>
      <source>The library that an output needs is not installed (%1). Install 'assembly-inspector[plc]'.</source>
      <translation>A biblioteca de que uma saída precisa não está instalada (%1). Instale 'assembly-inspector[plc]'.</translation>
    </message>
    <message>
      <source>Inspections cannot be sent (%1: %2); they are tried again.</source>
      <translation>Inspeções não podem ser enviadas (%1: %2); são tentadas de novo.</translation>
    </message>
    <message>
      <source>%1 does not listen yet.</source>
      <translation>%1 ainda não escuta.</translation>
    </message>
    <message>
      <source>%1 failed (%2: %3) and is begun again.</source>
      <translation>%1 falhou (%2: %3) e é iniciado de novo.</translation>
    </message>
    <message>
      <source>this machine has no such address. Name one of its own in settings.yaml.</source>
      <translation>esta máquina não tem esse endereço. Indique um dos seus em settings.yaml.</translation>
    </message>
    <message>
      <source>another program does. End it, or choose another port in settings.yaml.</source>
      <translation>outro programa o usa. Encerre-o, ou escolha outra porta em settings.yaml.</translation>
    </message>
    <message>
      <source>this needs special rights. Choose a port above 1023 in settings.yaml, or have them granted.</source>
      <translation>isso precisa de direitos especiais. Escolha uma porta acima de 1023 em settings.yaml, ou peça esses direitos.</translation>
    </message>
    <message>
      <source>passed without a valid OK: %1</source>
      <translation>aprovado sem um OK válido: %1</translation>
    </message>
    <message>
      <source>The station is silent.</source>
      <translation>A estação está em silêncio.</translation>
    </message>
    <message>
      <source>Fault is set; Ready, Busy, ResultValid and Pass are not. The heartbeat stands still.</source>
      <translation>Fault está ligado; Ready, Busy, ResultValid e Pass não. O heartbeat está parado.</translation>
    </message>
    <message>
      <source>No signal is set. The phase is %1.</source>
      <translation>Nenhum sinal está ligado. A fase é %1.</translation>
    </message>
    <message>
      <source>Ready is set, and nothing else. The recipe is %1.</source>
      <translation>Ready está ligado, e nada mais. A receita é %1.</translation>
    </message>
    <message>
      <source>The heartbeat is %1.</source>
      <translation>O heartbeat é %1.</translation>
    </message>
    <message>
      <source>Busy is set, and nothing else.</source>
      <translation>Busy está ligado, e nada mais.</translation>
    </message>
    <message>
      <source>This is a test of the fault.</source>
      <translation>Isto é um teste da falha.</translation>
    </message>
    <message>
      <source>ResultValid is set, Pass %1. The result code is %2 (%3).</source>
      <translation>ResultValid está ligado, Pass %1. O código do resultado é %2 (%3).</translation>
    </message>
    <message>
      <source>%1 The serial number is %2.</source>
      <translation>%1 O número de série é %2.</translation>
    </message>
    <message>
      <source>%1 did not take inspection %2: HTTP %3.</source>
      <translation>%1 não aceitou a inspeção %2: HTTP %3.</translation>
    </message>
    <message>
      <source>'%1' is the word for what is not the component; give the pattern another name</source>
      <translation>'%1' é a palavra para o que não é o componente; dê outro nome ao padrão</translation>
    </message>
    <message>
      <source>the pattern</source>
      <translation>o padrão</translation>
    </message>
    <message>
      <source>the component</source>
      <translation>o componente</translation>
    </message>
    <message>
      <source>'%1' has patterns: its mode should be '%2'</source>
      <translation>'%1' tem padrões: seu modo deve ser '%2'</translation>
    </message>
    <message>
      <source>'%1' needs at least two patterns, one that passes and one that does not</source>
      <translation>'%1' precisa de pelo menos dois padrões, um que passa e um que não passa</translation>
    </message>
    <message>
      <source>'%1' needs a pattern that passes and one that does not</source>
      <translation>'%1' precisa de um padrão que passa e de um que não passa</translation>
    </message>
    <message>
      <source>two patterns are called '%1' and '%2'</source>
      <translation>dois padrões se chamam '%1' e '%2'</translation>
    </message>
    <message>
      <source>agree should be more than half of frames and at most frames (%1), got %2</source>
      <translation>agree deve ser mais que a metade de frames e no máximo frames (%1), e não %2</translation>
    </message>
    <message>
      <source>fresh should be at most frames (%1), got %2</source>
      <translation>fresh deve ser no máximo frames (%1), e não %2</translation>
    </message>
    <message>
      <source>the recipe</source>
      <translation>a receita</translation>
    </message>
    <message>
      <source>two components are called '%1' and '%2'</source>
      <translation>dois componentes se chamam '%1' e '%2'</translation>
    </message>
    <message>
      <source>two labels are called '%1' and '%2'</source>
      <translation>dois rótulos se chamam '%1' e '%2'</translation>
    </message>
    <message>
      <source>two cameras are called '%1' and '%2'</source>
      <translation>duas câmeras se chamam '%1' e '%2'</translation>
    </message>
    <message>
      <source>each of several cameras has a frame_size of its own, the recipe has none</source>
      <translation>cada uma de várias câmeras tem a sua própria frame_size, a receita nenhuma</translation>
    </message>
    <message>
      <source>no component is seen by the camera '%1'</source>
      <translation>nenhum componente é visto pela câmera '%1'</translation>
    </message>
    <message>
      <source>'%1' is seen by one of the cameras: %2</source>
      <translation>'%1' é visto por uma das câmeras: %2</translation>
    </message>
    <message>
      <source>there is no camera '%1': name it under 'cameras'</source>
      <translation>não há câmera '%1': nomeie-a em 'cameras'</translation>
    </message>
    <message>
      <source>a recipe with a region needs 'frame_size: [width, height]', the picture it was drawn on</source>
      <translation>uma receita com uma região precisa de 'frame_size: [largura, altura]', a imagem em que foi desenhada</translation>
    </message>
    <message>
      <source>%1 leaves the picture of %2x%3</source>
      <translation>%1 sai da imagem de %2x%3</translation>
    </message>
    <message>
      <source>%1: the recipe in it is called '%2'; it should have the file's name.</source>
      <translation>%1: a receita contida nele se chama '%2'; ela deve ter o nome do arquivo.</translation>
    </message>
    <message>
      <source>a region is [xmin, ymin, xmax, ymax] with xmin &lt; xmax and ymin &lt; ymax, none below 0</source>
      <translation>uma região é [xmin, ymin, xmax, ymax] com xmin &lt; xmax e ymin &lt; ymax, nenhum abaixo de 0</translation>
    </message>
    <message>
      <source>a good workpiece lacks nothing; leave 'lacks' out, or say 'good: false'</source>
      <translation>a uma peça boa nada falta; deixe 'lacks' de fora, ou diga 'good: false'</translation>
    </message>
    <message>
      <source>Its driver does not tell which formats it has.</source>
      <translation>O driver dela não diz que formatos ela tem.</translation>
    </message>
    <message>
      <source>'%1' is no regular expression: %2</source>
      <translation>'%1' não é uma expressão regular: %2</translation>
    </message>
    <message>
      <source>The current folder was deleted. Change to another one, and try again.</source>
      <translation>A pasta atual foi excluída. Mude para outra e tente de novo.</translation>
    </message>
    <message>
      <source>'%1' is what the program says of itself; name the person who looked.</source>
      <translation>'%1' é o que o programa diz de si mesmo; indique a pessoa que olhou.</translation>
    </message>
    <message>
      <source>%1 '%2' should hold letters, digits, '-', '_' and '.' only, and start with a letter or digit</source>
      <translation>%1 '%2' deve conter só letras, algarismos, '-', '_' e '.', e começar com uma letra ou um algarismo</translation>
    </message>
    <message>
      <source>The settings were changed by somebody else; they are read again.</source>
      <translation>Os ajustes foram alterados por outra pessoa; são lidos de novo.</translation>
    </message>
    <message>
      <source>This cannot be used here.</source>
      <translation>Isto não pode ser usado aqui.</translation>
    </message>
    <message>
      <source>The file of '%1' was changed by somebody else; it is read again.</source>
      <translation>O arquivo de '%1' foi alterado por outra pessoa; ele é lido de novo.</translation>
    </message>
    <message>
      <source>There is another recipe '%1' by now. The old one lies in %2.</source>
      <translation>Já existe outra receita '%1'. A antiga está em %2.</translation>
    </message>
    <message>
      <source>two shifts begin at the same time</source>
      <translation>dois turnos começam na mesma hora</translation>
    </message>
    <message>
      <source>'%1' should be a time of the day from 00:00 to 23:59</source>
      <translation>'%1' deve ser uma hora do dia de 00:00 a 23:59</translation>
    </message>
    <message>
      <source>A recipe needs a name.</source>
      <translation>Uma receita precisa de um nome.</translation>
    </message>
    <message>
      <source>There is already a recipe '%1'.</source>
      <translation>Já existe uma receita '%1'.</translation>
    </message>
    <message>
      <source>%1 of '%2': its name and mode stay, since a recording is never altered. Delete the recordings first, or add another component.</source>
      <translation>%1 de '%2': seu nome e modo ficam, pois uma gravação nunca é alterada. Exclua primeiro as gravações, ou adicione outro componente.</translation>
    </message>
    <message>
      <source>%1 of '%2 %3': it stays as it is.</source>
      <translation>%1 de '%2 %3': fica como está.</translation>
    </message>
    <message>
      <source>There is a recording</source>
      <translation>Há uma gravação</translation>
    </message>
    <message>
      <source>There are %1 recordings</source>
      <translation>Há %1 gravações</translation>
    </message>
    <message>
      <source>The station cannot be started: %1.</source>
      <translation>A estação não pode ser iniciada: %1.</translation>
    </message>
    <message>
      <source>The station ended with code %1.</source>
      <translation>A estação terminou com o código %1.</translation>
    </message>
    <message>
      <source>There is no recipe in %1. Copy one there, or teach one.</source>
      <translation>Não há receita em %1. Copie uma para lá, ou ensine uma.</translation>
    </message>
    <message>
      <source>The station has said nothing for %1 s.</source>
      <translation>A estação não diz nada há %1 s.</translation>
    </message>
    <message>
      <source>The station has judged nothing for %1 s.</source>
      <translation>A estação não julga nada há %1 s.</translation>
    </message>
    <message>
      <source>What was judged was gone before its result could be shown.</source>
      <translation>O que foi julgado já não estava lá antes que o resultado pudesse ser mostrado.</translation>
    </message>
    <message>
      <source>The station failed.</source>
      <translation>A estação falhou.</translation>
    </message>
    <message>
      <source>The station did not start within %1 s.</source>
      <translation>A estação não iniciou em %1 s.</translation>
    </message>
    <message>
      <source>The station has looked at no picture for %1 s.</source>
      <translation>A estação não olha nenhuma imagem há %1 s.</translation>
    </message>
    <message>
      <source>The station has not answered a trigger for %1 s.</source>
      <translation>A estação não responde a um disparo há %1 s.</translation>
    </message>
    <message>
      <source>Somebody else speaks in the station's place.</source>
      <translation>Outro fala no lugar da estação.</translation>
    </message>
    <message>
      <source>The station's report %1 came where %2 was due.</source>
      <translation>A mensagem %1 da estação veio quando era a vez da %2.</translation>
    </message>
    <message>
      <source>The station's report is of another time than the clock's.</source>
      <translation>A mensagem da estação é de outro tempo que o do relógio.</translation>
    </message>
    <message>
      <source>The station counts backwards.</source>
      <translation>A estação conta para trás.</translation>
    </message>
    <message>
      <source>The station starts.</source>
      <translation>A estação inicia.</translation>
    </message>
    <message>
      <source>The station was stopped.</source>
      <translation>A estação foi parada.</translation>
    </message>
    <message>
      <source>The station broke off.</source>
      <translation>A estação se interrompeu.</translation>
    </message>
    <message>
      <source>The recipe changes to %1.</source>
      <translation>A receita muda para %1.</translation>
    </message>
    <message>
      <source>The station was not ready for this trigger.</source>
      <translation>A estação não estava pronta para este disparo.</translation>
    </message>
    <message>
      <source>tiles should overlap by at most %1 of their side, these of %2 overlap by %3</source>
      <translation>os blocos devem se sobrepor em no máximo %1 de seu lado, estes de %2 se sobrepõem em %3</translation>
    </message>
    <message>
      <source>Tiles are 'auto', 'off', or a size in pixels such as 640x640; this is '%1'.</source>
      <translation>Os blocos são 'auto', 'off' ou um tamanho em pixels como 640x640; isto é '%1'.</translation>
    </message>
    <message>
      <source>Tiles of %1 pixels are too small: '%2' is up to %3x%4 pixels, and has to fit whole into what two tiles share. Ask for tiles of %5 or more, or for --tiles auto.</source>
      <translation>Blocos de %1 pixels são pequenos demais: '%2' tem até %3x%4 pixels, e precisa caber inteiro no que dois blocos compartilham. Peça blocos de %5 ou mais, ou --tiles auto.</translation>
    </message>
    <message>
      <source>the training</source>
      <translation>o treino</translation>
    </message>
    <message>
      <source>The training %1 is running already.</source>
      <translation>O treino %1 já está em execução.</translation>
    </message>
    <message>
      <source>There is no trigger '%1'. One is %2, %3:SECONDS or %4:FOLDER.</source>
      <translation>Não há disparo '%1'. Um é %2, %3:SECONDS ou %4:FOLDER.</translation>
    </message>
    <message>
      <source>A timer needs %1 to %2 seconds, as in %3:2, not '%4'.</source>
      <translation>Um temporizador precisa de %1 a %2 segundos, como em %3:2, não '%4'.</translation>
    </message>
    <message>
      <source>What the validation of %1 kept is damaged: validate it again.</source>
      <translation>O que a validação de %1 salvou está danificado: valide de novo.</translation>
    </message>
    <message>
      <source>There is no annotated frame that %1 did not learn from. Record one more video of each component, then extract and annotate it.</source>
      <translation>Não há quadro anotado com que %1 não tenha aprendido. Grave mais um vídeo de cada componente, depois extraia e anote os quadros.</translation>
    </message>
    <message>
      <source>On %1 of the %2 frames the working scores were chosen, so overkill and escapes flatter: record, extract and annotate one more video of each component, and validate again.</source>
      <translation>Em %1 dos %2 quadros foram escolhidas as pontuações de trabalho, então os números de falsas rejeições e de escapes favorecem: grave, extraia e anote mais um vídeo de cada componente, e valide de novo.</translation>
    </message>
    <message>
      <source>The bundle %1 was changed since it was made. Copy it again, or train again.</source>
      <translation>O pacote %1 foi alterado desde que foi feito. Copie de novo, ou treine de novo.</translation>
    </message>
    <message>
      <source>On %1 frames that it never learned from. What is true of them is stated: %2. Intervals are exact binomial ones at 95 %.</source>
      <translation>Em %1 quadros com que nunca aprendeu. O que é verdade deles foi dito: %2. Os intervalos são binomiais exatos a 95 %.</translation>
    </message>
    <message>
      <source>Each frame alone, component by component; a station votes over several.</source>
      <translation>Cada quadro sozinho, componente por componente; uma estação vota sobre vários.</translation>
    </message>
    <message>
      <source>a sheet needs at least one tile</source>
      <translation>uma folha precisa de pelo menos um bloco</translation>
    </message>
    <message>
      <source>the file is empty</source>
      <translation>o arquivo está vazio</translation>
    </message>
    <message>
      <source>YAML aliases (*name) are not allowed here; write the value out</source>
      <translation>Aliases YAML (*name) não são permitidos aqui; escreva o valor por extenso</translation>
    </message>
    <message>
      <source>YAML tags (%1) are not allowed here; write the plain value</source>
      <translation>Tags YAML (%1) não são permitidas aqui; escreva o valor simples</translation>
    </message>
    <message>
      <source>this holds more than %1 values: it is none of our files</source>
      <translation>isto contém mais de %1 valores: não é um dos nossos arquivos</translation>
    </message>
    <message>
      <source>this is nested more than %1 deep</source>
      <translation>isto tem mais de %1 níveis de aninhamento</translation>
    </message>
    <message>
      <source>'%1' stands here twice</source>
      <translation>'%1' aparece aqui duas vezes</translation>
    </message>
    <message>
      <source>this is not valid YAML: %1</source>
      <translation>isto não é YAML válido: %1</translation>
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
    <name>Faults</name>
    <message>
      <source>… and %1 more.</source>
      <translation>… e mais %1.</translation>
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
    <message>
      <source>%1 by attestation</source>
      <translation>%1 por atestado</translation>
    </message>
    <message>
      <source>%1 by accepted suggestions</source>
      <translation>%1 por sugestões aceitas</translation>
    </message>
    <message>
      <source>%1 by boxes that were followed</source>
      <translation>%1 por caixas seguidas</translation>
    </message>
    <message>
      <source>%1 by a detector's suggestions</source>
      <translation>%1 por sugestões de um detector</translation>
    </message>
    <message>
      <source>%1 by %2</source>
      <translation>%1 por %2</translation>
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
    <name>HistoryPage</name>
    <message>
      <source>Inspections</source>
      <translation>Inspeções</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>Números</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportar</translation>
    </message>
    <message>
      <source>This list as CSV</source>
      <translation>Esta lista em CSV</translation>
    </message>
    <message>
      <source>This list as Parquet</source>
      <translation>Esta lista em Parquet</translation>
    </message>
    <message>
      <source>This serial number as PDF</source>
      <translation>Este número de série em PDF</translation>
    </message>
    <message>
      <source>Report of this time as PDF</source>
      <translation>Relatório deste período em PDF</translation>
    </message>
    <message>
      <source>Export …</source>
      <translation>Exportar</translation>
    </message>
    <message>
      <source>Who says that it was right?</source>
      <translation>Quem diz que estava certo?</translation>
    </message>
    <message>
      <source>Who says that it was wrong?</source>
      <translation>Quem diz que estava errado?</translation>
    </message>
    <message>
      <source>Noted. Its picture waits to be labeled.</source>
      <translation>Registrado. A imagem espera para ser anotada.</translation>
    </message>
    <message>
      <source>Noted. Its picture is not kept any more.</source>
      <translation>Registrado. A imagem não está mais guardada.</translation>
    </message>
    <message>
      <source>Noted.</source>
      <translation>Registrado.</translation>
    </message>
    <message>
      <source>Type the serial number first: a PDF is about one.</source>
      <translation>Digite primeiro o número de série: um PDF é sobre um só.</translation>
    </message>
    <message>
      <source>Something is being written already: wait, or cancel it.</source>
      <translation>Algo já está sendo escrito: espere, ou cancele.</translation>
    </message>
    <message>
      <source>Wrote %1 inspections to %2.</source>
      <translation>%1 inspeções gravadas em %2.</translation>
    </message>
    <message>
      <source>Cancelled: nothing was written.</source>
      <translation>Cancelado: nada foi escrito.</translation>
    </message>
    <message>
      <source>Writing %1 …</source>
      <translation>Gravando %1 …</translation>
    </message>
    <message>
      <source>Writing</source>
      <translation>Escrevendo</translation>
    </message>
    <message>
      <source>Writing: %1 of %2</source>
      <translation>Escrevendo: %1 de %2</translation>
    </message>
    <message>
      <source>What the station inspects is kept here. Start it on the page Station.</source>
      <translation>O que a estação inspeciona fica aqui. Inicie-a na página Estação.</translation>
    </message>
    <message>
      <source>Nothing inspected yet</source>
      <translation>Nada inspecionado ainda</translation>
    </message>
    <message>
      <source>Choose a longer time, or take away a filter above.</source>
      <translation>Escolha acima um período maior ou retire um filtro.</translation>
    </message>
    <message>
      <source>No such inspection</source>
      <translation>Nenhuma inspeção assim</translation>
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
    <name>Inspected</name>
    <message>
      <source>No picture of a good one is kept</source>
      <translation>Nenhuma imagem de uma peça boa guardada</translation>
    </message>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Bundle</source>
      <translation>Pacote</translation>
    </message>
    <message>
      <source>Station</source>
      <translation>Estação</translation>
    </message>
    <message>
      <source>Trigger</source>
      <translation>Disparo</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Câmera</translation>
    </message>
    <message>
      <source>Frames</source>
      <translation>Quadros</translation>
    </message>
    <message>
      <source>Latency</source>
      <translation>Latência</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Número</translation>
    </message>
  </context>
  <context>
    <name>InspectionList</name>
    <message>
      <source>Inspections</source>
      <translation>Inspeções</translation>
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
    <name>Judged</name>
    <message>
      <source>perhaps %1</source>
      <translation>talvez %1</translation>
    </message>
    <message>
      <source>missing</source>
      <translation>falta</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>falta %1</translation>
    </message>
    <message>
      <source>%1 of %2 missing</source>
      <translation>faltam %1 de %2</translation>
    </message>
    <message>
      <source>%1 found, none expected</source>
      <translation>%1 encontrados, nenhum esperado</translation>
    </message>
    <message>
      <source>%1 found, %2 expected</source>
      <translation>%1 encontrados, %2 esperados</translation>
    </message>
    <message>
      <source>1 is %1</source>
      <translation>1 está %1</translation>
    </message>
    <message>
      <source>%1 are %2</source>
      <translation>%1 estão %2</translation>
    </message>
    <message>
      <source>%1 outside the region</source>
      <translation>%1 fora da região</translation>
    </message>
    <message>
      <source>the picture is %1, the recipe was taught on %2: set the camera to %2</source>
      <translation>a imagem é de %1, a receita foi ensinada em %2: ajuste a câmera para %2</translation>
    </message>
    <message>
      <source>not %1 of %2 pictures agreed within %3 s</source>
      <translation>menos de %1 de %2 imagens concordaram em %3 s</translation>
    </message>
    <message>
      <source>its place changed from picture to picture within %1 s</source>
      <translation>o lugar mudou de imagem para imagem em %1 s</translation>
    </message>
    <message>
      <source>too few pictures came within %1 s: %2 must agree</source>
      <translation>vieram poucas imagens em %1 s: %2 precisam concordar</translation>
    </message>
  </context>
  <context>
    <name>JudgedWrong</name>
    <message>
      <source>They are being taken into a recording.</source>
      <translation>Elas estão sendo levadas para uma gravação.</translation>
    </message>
    <message>
      <source>Pictures that somebody at the station said were judged wrong: %1</source>
      <translation>Imagens que alguém na estação disse terem sido mal julgadas: %1</translation>
    </message>
    <message>
      <source>Label them</source>
      <translation>Anotar</translation>
    </message>
  </context>
  <context>
    <name>Keeper</name>
    <message>
      <source>%1 is not there: see whether its disk or its network is.</source>
      <translation>%1 não está lá: veja se o disco ou a rede está.</translation>
    </message>
  </context>
  <context>
    <name>KeepingSection</name>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>On this machine</source>
      <translation>Neste computador</translation>
    </message>
    <message>
      <source>Days that an inspection is kept</source>
      <translation>Dias que uma inspeção é guardada</translation>
    </message>
    <message>
      <source>Empty: for ever</source>
      <translation>Vazio: para sempre</translation>
    </message>
    <message>
      <source>Days that its picture is kept</source>
      <translation>Dias que a imagem é guardada</translation>
    </message>
    <message>
      <source>Empty: as long as there is room for it</source>
      <translation>Vazio: enquanto houver espaço</translation>
    </message>
    <message>
      <source>Room for all pictures, in GB</source>
      <translation>Espaço para todas as imagens, em GB</translation>
    </message>
    <message>
      <source>Where it does not suffice, the oldest go</source>
      <translation>Onde não basta, as mais antigas saem</translation>
    </message>
    <message>
      <source>Name of this station</source>
      <translation>Nome desta estação</translation>
    </message>
    <message>
      <source>Empty: as the computer is called</source>
      <translation>Vazio: como o computador se chama</translation>
    </message>
    <message>
      <source>The plant's database</source>
      <translation>O banco de dados da fábrica</translation>
    </message>
    <message>
      <source>PostgreSQL, to which all is copied</source>
      <translation>PostgreSQL, para onde tudo é copiado</translation>
    </message>
    <message>
      <source>postgresql+psycopg://NAME:PASSWORD@HOST/DATABASE; empty: none. What it has not got stays here.</source>
      <translation>postgresql+psycopg://NOME:SENHA@SERVIDOR/BANCO; vazio: nenhum. O que ele não recebeu fica aqui.</translation>
    </message>
  </context>
  <context>
    <name>Kiosk</name>
    <message>
      <source>Leave the kiosk: who are you?</source>
      <translation>Sair do quiosque: quem é você?</translation>
    </message>
    <message>
      <source>Next try in %1 s.</source>
      <translation>Próxima tentativa em %1 s.</translation>
    </message>
  </context>
  <context>
    <name>LabelBar</name>
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
      <source>Search</source>
      <translation>Buscar</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>A detector learns for minutes from the frames that are confirmed, and suggests the rest.</source>
      <translation>Um detector aprende por alguns minutos com os quadros confirmados e propõe o resto.</translation>
    </message>
    <message>
      <source>Once %1 frames with boxes are confirmed (now %2), a detector can suggest the rest.</source>
      <translation>Quando %1 quadros com caixas estiverem confirmados (agora %2), um detector pode propor o resto.</translation>
    </message>
  </context>
  <context>
    <name>LabelPage</name>
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
      <source>Frames are being taken, or boxes suggested.</source>
      <translation>Quadros estão sendo extraídos, ou caixas propostas.</translation>
    </message>
    <message>
      <source>Some of what you said of frames is not written yet.</source>
      <translation>Parte do que você disse dos quadros ainda não foi gravada.</translation>
    </message>
    <message>
      <source>This recipe cannot be read</source>
      <translation>Esta receita não pode ser lida</translation>
    </message>
    <message>
      <source>Make one on the page of the recipes, then record it.</source>
      <translation>Crie uma na página das receitas e depois grave.</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
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
      <source>This recording cannot be labeled</source>
      <translation>Esta gravação não pode ser anotada</translation>
    </message>
    <message>
      <source>This picture cannot be shown</source>
      <translation>Esta imagem não pode ser mostrada</translation>
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
      <source>FAULT</source>
      <translation>PANE</translation>
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
      <source>Proving</source>
      <translation>Provando</translation>
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
    <name>LookSection</name>
    <message>
      <source>Language and look</source>
      <translation>Idioma e aparência</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Escuro</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>Aparência</translation>
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
    <name>Operating</name>
    <message>
      <source>The station does not run: %1 was not taken.</source>
      <translation>A estação não está em execução: %1 não foi aceito.</translation>
    </message>
    <message>
      <source>Inspect “%1”: who are you?</source>
      <translation>Inspecionar “%1”: quem é você?</translation>
    </message>
    <message>
      <source>Prove the station: who are you?</source>
      <translation>Provar a estação: quem é você?</translation>
    </message>
    <message>
      <source>Mark a verdict as wrong: who are you?</source>
      <translation>Marcar um veredito como errado: quem é você?</translation>
    </message>
    <message>
      <source>Noted. The verdict stays; a technician will label the picture.</source>
      <translation>Anotado. O veredito fica; um técnico vai rotular a imagem.</translation>
    </message>
    <message>
      <source>Noted. The verdict stays; its picture is not kept any more.</source>
      <translation>Anotado. O veredito fica; a imagem não está mais guardada.</translation>
    </message>
  </context>
  <context>
    <name>OutputsSection</name>
    <message>
      <source>Outputs</source>
      <translation>Saídas</translation>
    </message>
    <message>
      <source>Address to listen on</source>
      <translation>Endereço em que escuta</translation>
    </message>
    <message>
      <source>127.0.0.1: this machine alone; 0.0.0.0: every network that it is in</source>
      <translation>127.0.0.1: só este computador; 0.0.0.0: toda rede em que ele está</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Porta</translation>
    </message>
    <message>
      <source>Handshake</source>
      <translation>Handshake</translation>
    </message>
    <message>
      <source>Answers triggers alone</source>
      <translation>Resultados só a disparos</translation>
    </message>
    <message>
      <source>Certificate (file)</source>
      <translation>Certificado (arquivo)</translation>
    </message>
    <message>
      <source>With its key: encrypted</source>
      <translation>Com a sua chave: criptografado</translation>
    </message>
    <message>
      <source>Key (file)</source>
      <translation>Chave (arquivo)</translation>
    </message>
    <message>
      <source>Modbus TCP</source>
      <translation>Modbus TCP</translation>
    </message>
    <message>
      <source>Who signed the clients (file)</source>
      <translation>Quem assinou os clientes (arquivo)</translation>
    </message>
    <message>
      <source>OPC UA</source>
      <translation>OPC UA</translation>
    </message>
    <message>
      <source>Trusted clients (folder)</source>
      <translation>Clientes confiáveis (pasta)</translation>
    </message>
    <message>
      <source>Who may connect by a password: in settings.yaml</source>
      <translation>Quem pode conectar com senha: em settings.yaml</translation>
    </message>
    <message>
      <source>MQTT</source>
      <translation>MQTT</translation>
    </message>
    <message>
      <source>Broker</source>
      <translation>Broker</translation>
    </message>
    <message>
      <source>Empty: 1883, and 8883 with TLS</source>
      <translation>Vazio: 1883, e 8883 com TLS</translation>
    </message>
    <message>
      <source>Name of this station</source>
      <translation>Nome desta estação</translation>
    </message>
    <message>
      <source>As no other is called there</source>
      <translation>Como nenhuma outra se chama lá</translation>
    </message>
    <message>
      <source>Topics begin with</source>
      <translation>Tópicos começam com</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Grupo</translation>
    </message>
    <message>
      <source>TLS</source>
      <translation>TLS</translation>
    </message>
    <message>
      <source>Encrypted</source>
      <translation>Criptografado</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Usuário</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Senha</translation>
    </message>
    <message>
      <source>Who signed the broker (file)</source>
      <translation>Quem assinou o broker (arquivo)</translation>
    </message>
    <message>
      <source>Webhook</source>
      <translation>Webhook</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Endereço</translation>
    </message>
    <message>
      <source>https://…, to which each inspection is posted</source>
      <translation>https://…, para onde cada inspeção é enviada</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Segredo</translation>
    </message>
    <message>
      <source>Sent in the header below</source>
      <translation>Enviado no cabeçalho abaixo</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>Cabeçalho</translation>
    </message>
    <message>
      <source>Who signed the server (file)</source>
      <translation>Quem assinou o servidor (arquivo)</translation>
    </message>
  </context>
  <context>
    <name>Paper</name>
    <message>
      <source>Serial number %1</source>
      <translation>Número de série %1</translation>
    </message>
    <message>
      <source>%1, %2: the verdict was wrong: %3</source>
      <translation>%1, %2: o veredito estava errado: %3</translation>
    </message>
    <message>
      <source>component</source>
      <translation>componente</translation>
    </message>
    <message>
      <source>pattern</source>
      <translation>padrão</translation>
    </message>
    <message>
      <source>expected</source>
      <translation>esperado</translation>
    </message>
    <message>
      <source>found</source>
      <translation>achado</translation>
    </message>
    <message>
      <source>verdict</source>
      <translation>veredito</translation>
    </message>
    <message>
      <source>reason</source>
      <translation>motivo</translation>
    </message>
    <message>
      <source>%1, %2: the verdict was right</source>
      <translation>%1, %2: o veredito estava certo</translation>
    </message>
    <message>
      <source>recipe %1</source>
      <translation>receita %1</translation>
    </message>
    <message>
      <source>bundle %1</source>
      <translation>pacote %1</translation>
    </message>
    <message>
      <source>station %1</source>
      <translation>estação %1</translation>
    </message>
    <message>
      <source>id %1</source>
      <translation>número %1</translation>
    </message>
    <message>
      <source>trigger %1</source>
      <translation>disparo %1</translation>
    </message>
    <message>
      <source>camera %1</source>
      <translation>câmera %1</translation>
    </message>
    <message>
      <source>%1: missing</source>
      <translation>%1: falta</translation>
    </message>
    <message>
      <source>%1: too many</source>
      <translation>%1: em excesso</translation>
    </message>
    <message>
      <source>%1: doubtful</source>
      <translation>%1: duvidoso</translation>
    </message>
    <message>
      <source>%1: pictures did not agree</source>
      <translation>%1: as imagens divergiram</translation>
    </message>
    <message>
      <source>%1: not judged</source>
      <translation>%1: não julgado</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Câmera %1</translation>
    </message>
    <message>
      <source>Its picture is not kept here.</source>
      <translation>A imagem dela não está guardada aqui.</translation>
    </message>
    <message>
      <source>From %1 to %2</source>
      <translation>De %1 a %2</translation>
    </message>
    <message>
      <source>%1: %2 of %3 rejected, %4, outside of %5 to %6.</source>
      <translation>%1: %2 de %3 rejeitados, %4, fora de %5 a %6.</translation>
    </message>
    <message>
      <source>inspected</source>
      <translation>inspecionados</translation>
    </message>
    <message>
      <source>rejected</source>
      <translation>rejeitados</translation>
    </message>
    <message>
      <source>none</source>
      <translation>nenhum</translation>
    </message>
    <message>
      <source>Made %1.</source>
      <translation>Feito em %1.</translation>
    </message>
    <message>
      <source>What was not in order</source>
      <translation>O que não estava em ordem</translation>
    </message>
    <message>
      <source>How often each was found, and the share of all findings that it makes up with those above it.</source>
      <translation>Quantas vezes cada um foi encontrado, e a parte de todos os achados que forma com os de cima.</translation>
    </message>
    <message>
      <source>Rejects</source>
      <translation>Rejeitos</translation>
    </message>
    <message>
      <source>The share of rejects, %1 in all, with limits of three sigmas.</source>
      <translation>A proporção de rejeitos, %1 no total, com limites de três sigmas.</translation>
    </message>
    <message>
      <source>Each reject</source>
      <translation>Cada rejeito</translation>
    </message>
    <message>
      <source>Nothing was found that is not in order.</source>
      <translation>Nada foi encontrado fora de ordem.</translation>
    </message>
    <message>
      <source>%1 findings are none of these.</source>
      <translation>%1 achados não são nenhum destes.</translation>
    </message>
    <message>
      <source>%1 stretches before these are not shown.</source>
      <translation>%1 intervalos anteriores não são mostrados.</translation>
    </message>
    <message>
      <source>The last %1 of %2.</source>
      <translation>Os últimos %1 de %2.</translation>
    </message>
  </context>
  <context>
    <name>ParetoChart</name>
    <message>
      <source>What was not in order: how often, and which share of all it is with those above</source>
      <translation>O que não estava em ordem: quantas vezes, e que parte do total é com as de cima</translation>
    </message>
    <message>
      <source>%1 findings are none of these</source>
      <translation>%1 achados não são nenhum destes</translation>
    </message>
    <message>
      <source>%1: missing</source>
      <translation>%1: falta</translation>
    </message>
    <message>
      <source>%1: too many</source>
      <translation>%1: em excesso</translation>
    </message>
    <message>
      <source>%1: doubtful</source>
      <translation>%1: duvidoso</translation>
    </message>
    <message>
      <source>%1: pictures did not agree</source>
      <translation>%1: as imagens divergiram</translation>
    </message>
    <message>
      <source>%1: not judged</source>
      <translation>%1: não julgado</translation>
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
    <name>PeopleSection</name>
    <message>
      <source>People</source>
      <translation>Pessoas</translation>
    </message>
    <message>
      <source>Register somebody …</source>
      <translation>Cadastrar alguém …</translation>
    </message>
    <message>
      <source>Nobody is registered, so everybody may do everything. Register the first engineer.</source>
      <translation>Ninguém está cadastrado, então todos podem tudo. Cadastre o primeiro engenheiro.</translation>
    </message>
    <message>
      <source>%1 registered</source>
      <translation>%1 cadastrados</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>desde %1</translation>
    </message>
    <message>
      <source>has to wait after wrong PINs: %1 s</source>
      <translation>tem de esperar após PINs errados: %1 s</translation>
    </message>
    <message>
      <source>Role of %1</source>
      <translation>Função de %1</translation>
    </message>
    <message>
      <source>PIN …</source>
      <translation>PIN …</translation>
    </message>
    <message>
      <source>End the pause</source>
      <translation>Encerrar a pausa</translation>
    </message>
    <message>
      <source>Remove %1</source>
      <translation>Remover %1</translation>
    </message>
  </context>
  <context>
    <name>PersonForm</name>
    <message>
      <source>Operator</source>
      <translation>Operador</translation>
    </message>
    <message>
      <source>Technician</source>
      <translation>Técnico</translation>
    </message>
    <message>
      <source>Engineer</source>
      <translation>Engenheiro</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>Função</translation>
    </message>
    <message>
      <source>PIN</source>
      <translation>PIN</translation>
    </message>
    <message>
      <source>6 digits at least</source>
      <translation>Pelo menos 6 dígitos</translation>
    </message>
    <message>
      <source>The same PIN again</source>
      <translation>O mesmo PIN de novo</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Register somebody</source>
      <translation>Cadastrar alguém</translation>
    </message>
    <message>
      <source>Another PIN for %1</source>
      <translation>Outro PIN para %1</translation>
    </message>
    <message>
      <source>Register</source>
      <translation>Cadastrar</translation>
    </message>
    <message>
      <source>Set the PIN</source>
      <translation>Definir o PIN</translation>
    </message>
    <message>
      <source>Who is first is an engineer</source>
      <translation>Quem é o primeiro é engenheiro</translation>
    </message>
    <message>
      <source>These are two different PINs.</source>
      <translation>São dois PINs diferentes.</translation>
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
    <name>PinPad</name>
    <message>
      <source>Your name</source>
      <translation>Seu nome</translation>
    </message>
    <message>
      <source>Digits of the PIN</source>
      <translation>Dígitos do PIN</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Take one digit back</source>
      <translation>Apagar um dígito</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Entrar</translation>
    </message>
    <message>
      <source>One moment …</source>
      <translation>Um momento …</translation>
    </message>
    <message>
      <source>Too many wrong PINs. Next try in %1 s.</source>
      <translation>PINs errados demais. Próxima tentativa em %1 s.</translation>
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
      <source>Suggested</source>
      <translation>Proposta</translation>
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
      <source>Suggesting boxes</source>
      <translation>Propondo caixas</translation>
    </message>
    <message>
      <source>Looking for contradictions</source>
      <translation>Procurando contradições</translation>
    </message>
    <message>
      <source>Searching thoroughly</source>
      <translation>Buscando a fundo</translation>
    </message>
    <message>
      <source>Boxes are suggested for %1 frames. Look at each, and press Enter where they are right.</source>
      <translation>Há caixas propostas para %1 quadros. Olhe cada um e pressione Enter onde estiverem certas.</translation>
    </message>
    <message>
      <source>No boxes can be suggested from what is known. What is said of this frame helps most.</source>
      <translation>Não é possível propor caixas com o que se sabe. O que for dito deste quadro ajuda mais.</translation>
    </message>
    <message>
      <source>Frames that seem to contradict what was said of their recordings: %1. Look at them.</source>
      <translation>Quadros que parecem contradizer o que foi dito das suas gravações: %1. Olhe para eles.</translation>
    </message>
    <message>
      <source>Searched: nothing in %1 recordings contradicts what was said of them.</source>
      <translation>Busca feita: nada em %1 gravações contradiz o que foi dito delas.</translation>
    </message>
  </context>
  <context>
    <name>Reason</name>
    <message>
      <source>Everything is right</source>
      <translation>Está tudo certo</translation>
    </message>
    <message>
      <source>Something else</source>
      <translation>Outra coisa</translation>
    </message>
    <message>
      <source>A hand or a tool was in the picture</source>
      <translation>Mão ou ferramenta na imagem</translation>
    </message>
    <message>
      <source>Something is missing</source>
      <translation>Falta alguma coisa</translation>
    </message>
    <message>
      <source>A part is wrong or damaged</source>
      <translation>Uma peça está errada ou danificada</translation>
    </message>
    <message>
      <source>Another part is at fault</source>
      <translation>O defeito é de outra peça</translation>
    </message>
    <message>
      <source>It is faulty</source>
      <translation>Está com defeito</translation>
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
    <message>
      <source>Move “%1” to the trash: who are you?</source>
      <translation>Mover “%1” para a lixeira: quem é você?</translation>
    </message>
    <message>
      <source>Put “%1” back: who are you?</source>
      <translation>Restaurar “%1”: quem é você?</translation>
    </message>
    <message>
      <source>Delete these recipes for good? %1 of them lie in the trash, and cannot be put back then.</source>
      <translation>Excluir estas receitas de vez? %1 delas estão na lixeira e não poderão mais ser restauradas.</translation>
    </message>
    <message>
      <source>Delete them</source>
      <translation>Excluir</translation>
    </message>
    <message>
      <source>Keep them</source>
      <translation>Manter</translation>
    </message>
    <message>
      <source>Delete recipes for good: who are you?</source>
      <translation>Excluir receitas de vez: quem é você?</translation>
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
      <source>Make one on the page of the recipes; then record it here.</source>
      <translation>Crie uma na página das receitas; depois grave aqui.</translation>
    </message>
    <message>
      <source>No recipe yet</source>
      <translation>Nenhuma receita ainda</translation>
    </message>
    <message>
      <source>Drop it to import it</source>
      <translation>Solte para importar</translation>
    </message>
    <message>
      <source>There is no picture</source>
      <translation>Não há imagem</translation>
    </message>
    <message>
      <source>The recordings are kept</source>
      <translation>As gravações estão guardadas</translation>
    </message>
    <message>
      <source>Understood</source>
      <translation>Entendido</translation>
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
      <source>Trash</source>
      <translation>Lixeira</translation>
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
      <source>Move “%1” to the trash: who are you?</source>
      <translation>Mover “%1” para a lixeira: quem é você?</translation>
    </message>
    <message>
      <source>Put “%1” back: who are you?</source>
      <translation>Restaurar “%1”: quem é você?</translation>
    </message>
    <message>
      <source>Delete recordings for good: who are you?</source>
      <translation>Excluir gravações de vez: quem é você?</translation>
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
      <translation>Restaurar</translation>
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
      <source>Picture of the camera “%1”</source>
      <translation>Imagem da câmera “%1”</translation>
    </message>
    <message>
      <source>No picture came</source>
      <translation>Nenhuma imagem chegou</translation>
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
    <name>Remedy</name>
    <message>
      <source>is “%1”</source>
      <translation>está “%1”</translation>
    </message>
    <message>
      <source>It should be “%1”</source>
      <translation>Deveria estar “%1”</translation>
    </message>
    <message>
      <source>is missing</source>
      <translation>está faltando</translation>
    </message>
    <message>
      <source>Put it in</source>
      <translation>Coloque</translation>
    </message>
    <message>
      <source>%1 of %2 missing</source>
      <translation>faltam %1 de %2</translation>
    </message>
    <message>
      <source>Put in what is missing</source>
      <translation>Coloque o que falta</translation>
    </message>
    <message>
      <source>%1 too many</source>
      <translation>%1 a mais</translation>
    </message>
    <message>
      <source>Take out what is extra</source>
      <translation>Retire o que sobra</translation>
    </message>
    <message>
      <source>does not belong here</source>
      <translation>não deveria estar aqui</translation>
    </message>
    <message>
      <source>Take it out</source>
      <translation>Retire</translation>
    </message>
    <message>
      <source>Perhaps %1 found, %2 expected: see that it lies well</source>
      <translation>Talvez %1, esperado %2: veja se está bem posto</translation>
    </message>
    <message>
      <source>The pictures did not agree: let it lie still</source>
      <translation>As imagens não concordaram: deixe parado</translation>
    </message>
    <message>
      <source>not sure</source>
      <translation>incerto</translation>
    </message>
  </context>
  <context>
    <name>SearchBar</name>
    <message>
      <source>This shift</source>
      <translation>Este turno</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Hoje</translation>
    </message>
    <message>
      <source>7 days</source>
      <translation>7 dias</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Datas</translation>
    </message>
    <message>
      <source>Any verdict</source>
      <translation>Qualquer veredito</translation>
    </message>
    <message>
      <source>Any component</source>
      <translation>Qualquer componente</translation>
    </message>
    <message>
      <source>Serial number</source>
      <translation>Número de série</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>Veredito</translation>
    </message>
    <message>
      <source>Component</source>
      <translation>Componente</translation>
    </message>
    <message>
      <source>From</source>
      <translation>De</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Até</translation>
    </message>
  </context>
  <context>
    <name>Searches</name>
    <message>
      <source>not searched yet</source>
      <translation>ainda sem busca</translation>
    </message>
    <message>
      <source>%1: %2 found</source>
      <translation>%1: %2 achados</translation>
    </message>
    <message>
      <source>%1: nothing found</source>
      <translation>%1: nada achado</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>não pode ser lida</translation>
    </message>
    <message>
      <source>%1 to look at</source>
      <translation>%1 por olhar</translation>
    </message>
    <message>
      <source>with two detectors</source>
      <translation>com dois detectores</translation>
    </message>
    <message>
      <source>by looks</source>
      <translation>pela aparência</translation>
    </message>
    <message>
      <source>not for %1</source>
      <translation>não por %1</translation>
    </message>
    <message>
      <source>What contradicts the recordings</source>
      <translation>O que contradiz as gravações</translation>
    </message>
    <message>
      <source>Negatives are searched for the component, and positives for where it is out of sight: by its looks, or thoroughly by two detectors. These learn for minutes, each from what the other one judges.</source>
      <translation>Nas negativas busca-se o componente, e nas positivas onde ele está fora de vista: pela aparência, ou a fundo com dois detectores. Estes aprendem por alguns minutos, cada um com o que o outro julga.</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Buscar</translation>
    </message>
    <message>
      <source>Search thoroughly</source>
      <translation>Buscar a fundo</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>e mais %1</translation>
    </message>
  </context>
  <context>
    <name>Serial</name>
    <message>
      <source>Serial number</source>
      <translation>Número de série</translation>
    </message>
    <message>
      <source>Next serial number</source>
      <translation>Próximo número de série</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Unlock …</source>
      <translation>Desbloquear …</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Salvar</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Descartar</translation>
    </message>
    <message>
      <source>Outputs are being tried out. It is ended now.</source>
      <translation>As saídas estão sendo testadas. Isso é encerrado agora.</translation>
    </message>
    <message>
      <source>Settings were changed and not saved.</source>
      <translation>Os ajustes foram alterados e não salvos.</translation>
    </message>
    <message>
      <source>Who changes the settings?</source>
      <translation>Quem altera os ajustes?</translation>
    </message>
    <message>
      <source>Who changes the people?</source>
      <translation>Quem altera as pessoas?</translation>
    </message>
    <message>
      <source>%1 may then do nothing at the station any more.</source>
      <translation>%1 não poderá fazer mais nada na estação.</translation>
    </message>
    <message>
      <source>Remove %1</source>
      <translation>Remover %1</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>The plant may act on what it is shown. Is the line stopped?</source>
      <translation>A fábrica pode reagir ao que lhe é mostrado. A linha está parada?</translation>
    </message>
    <message>
      <source>It is stopped</source>
      <translation>Está parada</translation>
    </message>
    <message>
      <source>Saved. A station that runs takes it at its next start.</source>
      <translation>Salvo. Uma estação em execução adota isso no próximo início.</translation>
    </message>
    <message>
      <source>The settings cannot be read</source>
      <translation>Os ajustes não podem ser lidos</translation>
    </message>
    <message>
      <source>Ended before all signals were shown.</source>
      <translation>Encerrado antes de mostrar todos os sinais.</translation>
    </message>
    <message>
      <source>Save first: what is saved is tried out.</source>
      <translation>Salve primeiro: testa-se o que está salvo.</translation>
    </message>
    <message>
      <source>No output is switched on.</source>
      <translation>Nenhuma saída está ligada.</translation>
    </message>
    <message>
      <source>Locked. Only for: %1</source>
      <translation>Bloqueado. Só para: %1</translation>
    </message>
    <message>
      <source>Something is not in order: nothing is saved before it is.</source>
      <translation>Algo não está em ordem: nada é salvo antes disso.</translation>
    </message>
    <message>
      <source>Changed and not saved</source>
      <translation>Alterado e não salvo</translation>
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
    <name>ShiftFigures</name>
    <message>
      <source>Per hour</source>
      <translation>Por hora</translation>
    </message>
    <message>
      <source>Per shift</source>
      <translation>Por turno</translation>
    </message>
    <message>
      <source>All in order</source>
      <translation>Tudo em ordem</translation>
    </message>
    <message>
      <source>Nothing was found in this time that is not in order.</source>
      <translation>Neste período nada foi encontrado fora de ordem.</translation>
    </message>
    <message>
      <source>Nothing inspected in this time</source>
      <translation>Nada inspecionado neste período</translation>
    </message>
    <message>
      <source>Choose a longer time, or take away a filter above.</source>
      <translation>Escolha acima um período maior ou retire um filtro.</translation>
    </message>
    <message>
      <source>Of %1 alone.</source>
      <translation>Somente %1.</translation>
    </message>
    <message>
      <source>All verdicts count.</source>
      <translation>Todos os vereditos contam.</translation>
    </message>
    <message>
      <source>%1 more are outside.</source>
      <translation>Mais %1 estão fora.</translation>
    </message>
    <message>
      <source>All points are inside of the limits (mean ± 3 sigmas).</source>
      <translation>Todos os pontos estão dentro dos limites (média ± 3 sigmas).</translation>
    </message>
    <message>
      <source>The %1 stretches before these are not shown.</source>
      <translation>Os %1 intervalos anteriores não são mostrados.</translation>
    </message>
    <message>
      <source>%1: %2 % rejected, more than %3 %.</source>
      <translation>%1: %2 % rejeitado, mais que %3 %.</translation>
    </message>
    <message>
      <source>%1: %2 % rejected, less than %3 %.</source>
      <translation>%1: %2 % rejeitado, menos que %3 %.</translation>
    </message>
  </context>
  <context>
    <name>ShiftsSection</name>
    <message>
      <source>Shifts</source>
      <translation>Turnos</translation>
    </message>
    <message>
      <source>When shifts begin</source>
      <translation>Quando os turnos começam</translation>
    </message>
    <message>
      <source>Times of the day</source>
      <translation>Horários do dia</translation>
    </message>
    <message>
      <source>As 06:00, 14:00, 22:00, by the clock on the wall; empty: one at midnight</source>
      <translation>Como 06:00, 14:00, 22:00, pelo relógio da parede; vazio: um à meia-noite</translation>
    </message>
  </context>
  <context>
    <name>ShootingPanel</name>
    <message>
      <source>Light</source>
      <translation>Luz</translation>
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
    <name>Sights</name>
    <message>
      <source>%1 missing</source>
      <translation>falta %1</translation>
    </message>
    <message>
      <source>This workpiece</source>
      <translation>Esta peça</translation>
    </message>
    <message>
      <source>The last one that passed, %1</source>
      <translation>A última que passou, %1</translation>
    </message>
    <message>
      <source>As it was taught</source>
      <translation>Como foi ensinado</translation>
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
      <source>Suggested</source>
      <translation>Proposta</translation>
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
    <name>StationBar</name>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Fonte</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Iniciar</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Parar</translation>
    </message>
  </context>
  <context>
    <name>StationPage</name>
    <message>
      <source>Inspect now</source>
      <translation>Inspecionar agora</translation>
    </message>
    <message>
      <source>Prove now</source>
      <translation>Provar agora</translation>
    </message>
    <message>
      <source>Tones</source>
      <translation>Sons</translation>
    </message>
    <message>
      <source>History and settings</source>
      <translation>Histórico e ajustes</translation>
    </message>
    <message>
      <source>The station is stopped</source>
      <translation>A estação está parada</translation>
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
      <source>Put a good workpiece under the camera</source>
      <translation>Coloque uma peça boa sob a câmera</translation>
    </message>
    <message>
      <source>Put a bad workpiece under the camera</source>
      <translation>Coloque uma peça ruim sob a câmera</translation>
    </message>
    <message>
      <source>It lies there</source>
      <translation>Está no lugar</translation>
    </message>
    <message>
      <source>%1 frames/s    %2 ms    %3 skipped</source>
      <translation>%1 quadros/s    %2 ms    %3 pulados</translation>
    </message>
  </context>
  <context>
    <name>StationSection</name>
    <message>
      <source>Station</source>
      <translation>Estação</translation>
    </message>
    <message>
      <source>What it runs</source>
      <translation>O que ela executa</translation>
    </message>
    <message>
      <source>Recipe</source>
      <translation>Receita</translation>
    </message>
    <message>
      <source>the first</source>
      <translation>a primeira</translation>
    </message>
    <message>
      <source>Processor threads for the network</source>
      <translation>Threads do processador para a rede</translation>
    </message>
    <message>
      <source>From 1 to 256</source>
      <translation>De 1 a 256</translation>
    </message>
    <message>
      <source>the first with a GPU</source>
      <translation>a primeira com GPU</translation>
    </message>
    <message>
      <source>What trains</source>
      <translation>O que treina</translation>
    </message>
    <message>
      <source>When it proves itself, beside at its start</source>
      <translation>Quando ela se comprova, além do início</translation>
    </message>
    <message>
      <source>At these times</source>
      <translation>Nestes horários</translation>
    </message>
    <message>
      <source>As 06:00, 14:00; none: at its start alone</source>
      <translation>Como 06:00, 14:00; nenhum: só no início</translation>
    </message>
    <message>
      <source>Hours after the last proof</source>
      <translation>Horas após a última prova</translation>
    </message>
    <message>
      <source>Empty: never</source>
      <translation>Vazio: nunca</translation>
    </message>
    <message>
      <source>Who is there</source>
      <translation>Quem está lá</translation>
    </message>
    <message>
      <source>Seconds that somebody is there untouched</source>
      <translation>Segundos que alguém fica sem tocar</translation>
    </message>
    <message>
      <source>Whoever gave a PIN has to give it again after that</source>
      <translation>Quem deu um PIN tem de dá-lo de novo depois</translation>
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
      <source>Record each component once where it is there and once where it is not, train, and give its bundle to the station: on the pages of the bench, or with these commands.</source>
      <translation>Grave cada componente uma vez onde está e uma vez onde não está, treine e entregue o pacote à estação: nas páginas da bancada, ou com estes comandos.</translation>
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
      <source>Picture that decided</source>
      <translation>Imagem que decidiu</translation>
    </message>
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
      <source>Counts</source>
      <translation>Contagens</translation>
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
      <source>Since %1</source>
      <translation>Desde %1</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
  </context>
  <context>
    <name>ThrownCard</name>
    <message>
      <source>deleted %1</source>
      <translation>excluída %1</translation>
    </message>
    <message>
      <source>Put back</source>
      <translation>Restaurar</translation>
    </message>
    <message>
      <source>Put back %1</source>
      <translation>Restaurar %1</translation>
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
    <name>ToFix</name>
    <message>
      <source>What to fix</source>
      <translation>O que corrigir</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>e mais %1</translation>
    </message>
  </context>
  <context>
    <name>Tones</name>
    <message>
      <source>No tone</source>
      <translation>Sem som</translation>
    </message>
    <message>
      <source>One high tone</source>
      <translation>Um tom agudo</translation>
    </message>
    <message>
      <source>One low tone</source>
      <translation>Um tom grave</translation>
    </message>
    <message>
      <source>Two tones, rising</source>
      <translation>Dois tons, subindo</translation>
    </message>
    <message>
      <source>Two tones, falling</source>
      <translation>Dois tons, descendo</translation>
    </message>
    <message>
      <source>The same tone twice</source>
      <translation>O mesmo tom duas vezes</translation>
    </message>
    <message>
      <source>Alarm</source>
      <translation>Alarme</translation>
    </message>
  </context>
  <context>
    <name>TonesCard</name>
    <message>
      <source>A tone for each verdict</source>
      <translation>Um som para cada veredito</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>Nothing can be heard on this machine: it has no sound card, or not what Qt needs to use it.</source>
      <translation>Nada se ouve nesta máquina: ela não tem placa de som, ou não o que o Qt precisa para usá-la.</translation>
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
      <translation>Em aberto</translation>
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
      <source>Use %1 at the station: who are you?</source>
      <translation>Usar %1 na estação: quem é você?</translation>
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
      <source>Go back from %1 to the bundle before: who are you?</source>
      <translation>Voltar de %1 ao pacote anterior: quem é você?</translation>
    </message>
    <message>
      <source>Go back</source>
      <translation>Voltar</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Iniciando</translation>
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
      <source>Proving it on this machine: picture %1 of %2</source>
      <translation>Sendo provado nesta máquina: imagem %1 de %2</translation>
    </message>
    <message>
      <source>Proving it on this machine</source>
      <translation>Sendo provado nesta máquina</translation>
    </message>
    <message>
      <source>Please note</source>
      <translation>Observe</translation>
    </message>
    <message>
      <source>Understood</source>
      <translation>Entendido</translation>
    </message>
    <message>
      <source>Stations run with it from their next start.</source>
      <translation>As estações trabalham com ele a partir do próximo início.</translation>
    </message>
    <message>
      <source>Cancelled: nothing changed.</source>
      <translation>Cancelado: nada mudou.</translation>
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
      <source>Empty the trash</source>
      <translation>Esvaziar a lixeira</translation>
    </message>
    <message>
      <source>In the trash</source>
      <translation>Na lixeira</translation>
    </message>
    <message>
      <source>%1, deleted %2</source>
      <translation>%1, excluída %2</translation>
    </message>
  </context>
  <context>
    <name>TrashList</name>
    <message>
      <source>No recording lies in the trash.</source>
      <translation>Nenhuma gravação está na lixeira.</translation>
    </message>
    <message>
      <source>Empty the trash</source>
      <translation>Esvaziar a lixeira</translation>
    </message>
    <message>
      <source>Delete these recordings for good? %1 of them lie in the trash, and cannot be put back then.</source>
      <translation>Excluir estas gravações de vez? %1 delas estão na lixeira e não poderão mais ser restauradas.</translation>
    </message>
    <message>
      <source>Delete them</source>
      <translation>Excluir</translation>
    </message>
    <message>
      <source>Keep them</source>
      <translation>Manter</translation>
    </message>
  </context>
  <context>
    <name>Trial</name>
    <message>
      <source>Try each signal out</source>
      <translation>Testar cada sinal</translation>
    </message>
    <message>
      <source>End</source>
      <translation>Encerrar</translation>
    </message>
    <message>
      <source>Begin</source>
      <translation>Começar</translation>
    </message>
    <message>
      <source>Each signal is shown for three seconds. A PLC may act on it: stop the line and the station first.</source>
      <translation>Cada sinal é mostrado por três segundos. Um CLP pode reagir: pare antes a linha e a estação.</translation>
    </message>
    <message>
      <source>Waiting until the outputs listen …</source>
      <translation>Esperando as saídas escutarem …</translation>
    </message>
    <message>
      <source>The plant asks over %1: %2</source>
      <translation>A fábrica pede por %1: %2</translation>
    </message>
    <message>
      <source>%1: no fault</source>
      <translation>%1: sem falha</translation>
    </message>
    <message>
      <source>All signals were shown.</source>
      <translation>Todos os sinais foram mostrados.</translation>
    </message>
  </context>
  <context>
    <name>TriggersSection</name>
    <message>
      <source>Triggers</source>
      <translation>Disparos</translation>
    </message>
    <message>
      <source>What asks for an inspection, beside the key and the plant</source>
      <translation>O que pede uma inspeção, além da tecla e da fábrica</translation>
    </message>
    <message>
      <source>One every so many seconds</source>
      <translation>Uma a cada tantos segundos</translation>
    </message>
    <message>
      <source>Empty: no timer</source>
      <translation>Vazio: sem temporizador</translation>
    </message>
    <message>
      <source>One for each file in this folder</source>
      <translation>Uma para cada arquivo nesta pasta</translation>
    </message>
    <message>
      <source>Empty: no folder</source>
      <translation>Vazio: nenhuma pasta</translation>
    </message>
    <message>
      <source>the file's name</source>
      <translation>o nome do arquivo</translation>
    </message>
    <message>
      <source>the file's first line</source>
      <translation>a primeira linha do arquivo</translation>
    </message>
    <message>
      <source>The serial number is</source>
      <translation>O número de série é</translation>
    </message>
    <message>
      <source>Pictures so soon after a trigger do not count</source>
      <translation>Imagens tão logo após um disparo não contam</translation>
    </message>
    <message>
      <source>Seconds before a picture counts</source>
      <translation>Segundos até uma imagem contar</translation>
    </message>
    <message>
      <source>A scanner that types serial numbers</source>
      <translation>Um leitor que digita números de série</translation>
    </message>
    <message>
      <source>What it types before each</source>
      <translation>O que ele digita antes de cada um</translation>
    </message>
    <message>
      <source>What it types after each</source>
      <translation>O que ele digita depois de cada um</translation>
    </message>
    <message>
      <source>Characters of the shortest number</source>
      <translation>Caracteres do número mais curto</translation>
    </message>
    <message>
      <source>Longest pause between two keys, in seconds</source>
      <translation>Maior pausa entre duas teclas, em segundos</translation>
    </message>
    <message>
      <source>After that, what was scanned is of no workpiece any more</source>
      <translation>Depois disso, o que foi lido não é de nenhuma peça</translation>
    </message>
    <message>
      <source>Seconds that a scanned number waits</source>
      <translation>Segundos que um número lido espera</translation>
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
      <source>Cancelled: nothing was taken.</source>
      <translation>Cancelado: nada foi aceito.</translation>
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
      <source>Lookalikes are being taken. That is ended now.</source>
      <translation>Sósias estão sendo aceitos. Isso é encerrado agora.</translation>
    </message>
    <message>
      <source>A validation is running. It is ended now.</source>
      <translation>Uma validação está em andamento. Ela é encerrada agora.</translation>
    </message>
  </context>
  <context>
    <name>VerdictAnswer</name>
    <message>
      <source>Was it right?</source>
      <translation>Estava certo?</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Sim</translation>
    </message>
    <message>
      <source>No, it was wrong …</source>
      <translation>Não, estava errado …</translation>
    </message>
    <message>
      <source>Say so</source>
      <translation>Registrar</translation>
    </message>
    <message>
      <source>Why was it wrong?</source>
      <translation>Por que estava errado?</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Voltar</translation>
    </message>
    <message>
      <source>Nobody has said so far. An answer stands beside the record, which stays as it is.</source>
      <translation>Ninguém disse nada ainda. Uma resposta fica ao lado do registro, que permanece como está.</translation>
    </message>
    <message>
      <source>Operators may: it asks for your PIN</source>
      <translation>Operadores podem: pede o seu PIN</translation>
    </message>
    <message>
      <source>It was in order</source>
      <translation>Estava em ordem</translation>
    </message>
    <message>
      <source>It was not in order</source>
      <translation>Não estava em ordem</translation>
    </message>
    <message>
      <source>Another component was wrong</source>
      <translation>Outro componente estava errado</translation>
    </message>
    <message>
      <source>The picture shows something else</source>
      <translation>A imagem mostra outra coisa</translation>
    </message>
    <message>
      <source>%1, %2: it was right</source>
      <translation>%1, %2: estava certo</translation>
    </message>
    <message>
      <source>%1, %2: it was wrong. %3</source>
      <translation>%1, %2: estava errado. %3</translation>
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
    <name>Viewpoints</name>
    <message>
      <source>Camera</source>
      <translation>Câmera</translation>
    </message>
    <message>
      <source>Camera %1: %2</source>
      <translation>Câmera %1: %2</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Câmera %1</translation>
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
      <source>When asked</source>
      <translation>Quando pedido</translation>
    </message>
    <message>
      <source>Once per workpiece</source>
      <translation>Uma vez por peça</translation>
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
  <context>
    <name>Working</name>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
  </context>
</TS>
